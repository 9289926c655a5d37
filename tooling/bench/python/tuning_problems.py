"""The problems of src/tuning/problems, the same to the last digit or nearly. Each takes the settings and, where there is any, data."""

import math


def branin(settings, data):
    x, y = settings["x1"], settings["x2"]
    bend = y - 5.1 / (4 * math.pi**2) * x * x + 5 / math.pi * x - 6
    return bend * bend + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10


HEIGHTS = [1, 1.2, 3, 3.2]
SHARPNESS = [
    [10, 3, 17, 3.5, 1.7, 8],
    [0.05, 10, 17, 0.1, 8, 14],
    [3, 3.5, 1.7, 10, 17, 8],
    [17, 8, 0.05, 10, 0.1, 14],
]
CENTRES = [
    [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
    [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
    [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
    [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
]


def hartmann6(settings, data):
    x = list(settings.values())
    wells = zip(HEIGHTS, SHARPNESS, CENTRES)
    return -sum(height * math.exp(-sum(s * (v - c) ** 2 for s, v, c in zip(sharp, x, centre))) for height, sharp, centre in wells)


def rosenbrock4(settings, data):
    x = list(settings.values())
    return sum(100 * (after - before**2) ** 2 + (1 - before) ** 2 for before, after in zip(x, x[1:]))


def ackley8(settings, data):
    x = list(settings.values())
    size = math.sqrt(sum(v * v for v in x) / len(x))
    waves = sum(math.cos(2 * math.pi * v) for v in x) / len(x)
    return -20 * math.exp(-0.2 * size) - math.exp(waves) + 20 + math.e


def branches(settings, data):
    common = 0.1 * (math.log10(settings["penalty"]) + 2) ** 2
    if settings["kind"] == "smooth":
        return common + 0.8 + 0.02 * (settings["width"] - 6) ** 2
    if settings["kind"] == "kernel":
        return common + 0.3 + 0.4 * (math.log10(settings["gamma"]) + 1) ** 2 + 0.1 * (settings["degree"] - 3) ** 2
    return common + 0.02 * (settings["depth"] - 13) ** 2 + 4 * (settings["leaf"] - 0.3) ** 2


def mnist(settings, data):
    axes, errors = data["axes"], data["errors"]

    def place_of(axis):
        value, low, high = settings[axis["name"]], axis["low"], axis["high"]
        share = math.log(value / low) / math.log(high / low) if axis["log"] else (value - low) / (high - low)
        return min(max(share * (axis["places"] - 1), 0), axis["places"] - 1)

    def between(dimension, row):
        if dimension == len(axes):
            return errors[row]
        place, places = place_of(axes[dimension]), axes[dimension]["places"]
        first = min(math.floor(place), places - 2)
        low, high = (between(dimension + 1, row * places + after) for after in (first, first + 1))
        return low + (place - first) * (high - low)

    return between(0, 0)
