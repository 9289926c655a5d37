"""A whole training step: forward, softmax cross-entropy, gradients, AdamW, and the loss read."""

import importlib

import torch


def prepare(settings):
    module = importlib.import_module("models." + settings["model"])
    model = module.build().train()
    inputs = batch_of(module, settings)
    labels = torch.arange(settings["batch"]) % settings["classes"]
    if settings["tuned"] and inputs.dim() == 4:
        model = model.to(memory_format=torch.channels_last)
        inputs = inputs.contiguous(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(
        model.parameters(),
        lr=settings["learningRate"],
        betas=(settings["beta1"], settings["beta2"]),
        eps=settings["epsilon"],
        weight_decay=settings["weightDecay"],
    )

    def step():
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(model(inputs), labels)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def batch_of(module, settings):
    """A model may make its own batch; images come with channels first, as PyTorch takes them."""
    if hasattr(module, "batch"):
        return module.batch(settings)
    shape = settings["input"]
    if len(shape) == 3:
        height, width, channels = shape
        shape = [channels, height, width]
    return 2 * torch.rand(settings["batch"], *shape) - 1
