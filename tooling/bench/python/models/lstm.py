"""The network of src/train-step/cases/lstm.ts."""

import torch
from torch import nn

WORDS = 10_000
STRIDE = 7919


class LastOutput(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(WORDS, 64)
        self.lstm = nn.LSTM(64, 128, batch_first=True)
        self.dense = nn.Linear(128, 100)

    def forward(self, words):
        outputs, _ = self.lstm(self.embedding(words))
        return self.dense(outputs[:, -1])


def build():
    return LastOutput()


def batch(settings):
    (length,) = settings["input"]
    count = settings["batch"] * length
    return (torch.arange(count) * STRIDE % WORDS).reshape(settings["batch"], length)
