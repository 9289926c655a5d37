"""The network of src/train-step/cases/resnet20.ts."""

from torch import nn


def normalized(inputs, outputs, size, stride):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, size, stride, padding=size // 2, bias=False),
        nn.BatchNorm2d(outputs),
    )


class Residual(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.inner = nn.Sequential(
            normalized(inputs, outputs, 3, stride),
            nn.ReLU(),
            normalized(outputs, outputs, 3, 1),
        )
        self.shortcut = nn.Identity() if stride == 1 else normalized(inputs, outputs, 1, stride)
        self.relu = nn.ReLU()

    def forward(self, features):
        return self.relu(self.inner(features) + self.shortcut(features))


def build():
    layers = [normalized(3, 16, 3, 1), nn.ReLU()]
    channels = 16
    for stage, outputs in enumerate((16, 32, 64)):
        for block in range(3):
            layers.append(Residual(channels, outputs, 2 if stage > 0 and block == 0 else 1))
            channels = outputs
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))
