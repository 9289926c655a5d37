"""python3 worker.py MODULE SETTINGS: times PyTorch's side of a benchmark, on one thread, for the process that started it."""

import importlib
import json
import sys

import torch

from describe import describe
from protocol import serve

torch.set_num_threads(1)
torch.manual_seed(0)
step = importlib.import_module(sys.argv[1]).prepare(json.loads(sys.argv[2]))
serve(step, describe())
