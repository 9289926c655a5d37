"""A batch of images through a pipeline of torchvision's tensor transforms, image by image as its users run them; mixing as a batch."""

import math

import torch
import torchvision.transforms as T


def prepare(settings):
    count, height, width, channels = settings["shape"]
    images = torch.rand(count, channels, height, width)
    if settings["case"] == "mixing":
        labels = torch.arange(count) % settings["classes"]
        return lambda: mix(images, labels, settings)
    transform = pipeline(settings)
    return lambda: torch.stack([transform(image) for image in images])


def pipeline(settings):
    jitter = T.ColorJitter(settings["brightness"], settings["contrast"], settings["saturation"], settings["hue"])
    common = [T.RandomHorizontalFlip(), jitter, T.Normalize(settings["mean"], settings["deviation"])]
    if settings["case"] == "cifar":
        return T.Compose([T.RandomCrop(settings["size"], padding=settings["padding"]), *common, Cutout(settings["cutout"])])
    return T.Compose([T.RandomResizedCrop(settings["size"]), *common, T.RandomErasing(p=settings["erasing"])])


class Cutout:
    def __init__(self, length):
        self.half = length // 2

    def __call__(self, image):
        _, height, width = image.shape
        row, column = int(torch.randint(height, ())), int(torch.randint(width, ()))
        image[:, max(0, row - self.half) : row + self.half, max(0, column - self.half) : column + self.half] = 0
        return image


def mix(images, labels, settings):
    targets = torch.nn.functional.one_hot(labels, settings["classes"]).float()
    beta = torch.distributions.Beta(settings["alpha"], settings["alpha"])
    images, targets = mixup(images, targets, float(beta.sample()))
    return cutmix(images, targets, float(beta.sample()))


def mixup(images, targets, share):
    order = torch.randperm(len(images))
    return share * images + (1 - share) * images[order], share * targets + (1 - share) * targets[order]


def cutmix(images, targets, share):
    order = torch.randperm(len(images))
    _, _, height, width = images.shape
    ratio = math.sqrt(1 - share)
    row, column = int(torch.randint(height, ())), int(torch.randint(width, ()))
    top, bottom = max(0, row - int(height * ratio) // 2), min(height, row + int(height * ratio) // 2)
    left, right = max(0, column - int(width * ratio) // 2), min(width, column + int(width * ratio) // 2)
    images = images.clone()
    images[:, :, top:bottom, left:right] = images[order, :, top:bottom, left:right]
    kept = 1 - (bottom - top) * (right - left) / (height * width)
    return images, kept * targets + (1 - kept) * targets[order]
