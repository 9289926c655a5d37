"""The network of src/train-step/cases/separable.ts."""

from torch import nn


def block(inputs, outputs, stride):
    return (
        nn.Conv2d(inputs, inputs, 3, stride, padding=1, groups=inputs, bias=False),
        nn.BatchNorm2d(inputs),
        nn.ReLU6(),
        nn.Conv2d(inputs, outputs, 1, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU6(),
    )


def build():
    return nn.Sequential(
        *block(32, 64, 1),
        *block(64, 128, 2),
        *block(128, 256, 2),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(256, 10),
    )
