"""An AdamW step on prepared gradients."""

import torch


def prepare(settings):
    parameters = [torch.nn.Parameter(0.05 * noise(shape)) for shape in settings["shapes"]]
    for parameter in parameters:
        parameter.grad = 0.01 * noise(parameter.shape)
    optimizer = torch.optim.AdamW(
        parameters,
        lr=settings["learningRate"],
        betas=(settings["beta1"], settings["beta2"]),
        eps=settings["epsilon"],
        weight_decay=settings["weightDecay"],
    )
    return optimizer.step


def noise(shape):
    return 2 * torch.rand(tuple(shape)) - 1
