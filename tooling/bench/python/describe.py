"""What PyTorch's numbers depend on."""

import os
import re

import torch


def describe():
    return {"torch": torch.__version__, "torch BLAS": blas(), "torch capability": capability(), "torch oneDNN": onednn(), "torch threads": str(torch.get_num_threads())}


def blas():
    """The library that is really loaded; torch only knows the interface that it was built for."""
    torch.mm(torch.ones(2, 2), torch.ones(2, 2))
    try:
        with open("/proc/self/maps") as maps:
            paths = {line.split()[-1] for line in maps if re.search(r"blas|mkl_rt|libmkl", line)}
    except OSError:
        paths = set()
    names = sorted({os.path.join(*os.path.realpath(path).split("/")[-2:]) for path in paths})
    return ", ".join(names) or re.search(r"BLAS_INFO=(\w+)|$", torch.__config__.show()).group(1) or "unknown"


def capability():
    if hasattr(torch.backends, "cpu") and hasattr(torch.backends.cpu, "get_cpu_capability"):
        return torch.backends.cpu.get_cpu_capability()
    return re.search(r"CPU capability usage: (\S+)|$", torch.__config__.show()).group(1) or "unknown"


def onednn():
    return re.search(r"MKL-DNN (v[\d.]+)|$", torch.__config__.show()).group(1) or "none"
