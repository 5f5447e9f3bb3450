"""The lines that usually bring a name such as `np` or `F`: what a deck left out."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from deckwright.adopt.analysis.free_names import Use

_MODULES = (
    "import numpy as np",
    "import pandas as pd",
    "import matplotlib.pyplot as plt",
    "import seaborn as sns",
    "import scipy",
    "import sklearn",
    "import torch",
    "import torchvision",
    "import torchaudio",
    "from torch import nn",
    "from torch import optim",
    "from torchvision import datasets",
    "from torchvision import transforms",
    "import torch.nn.functional as F",
    "import tensorflow as tf",
    "import jax",
    "import jax.numpy as jnp",
    "import transformers",
    "import asyncio",
    "import collections",
    "import copy",
    "import csv",
    "import functools",
    "import itertools",
    "import json",
    "import math",
    "import os",
    "import pickle",
    "import random",
    "import re",
    "import string",
    "import sys",
    "import time",
)
"""What is used as `name.something`."""

_OBJECTS = (
    "from torch import Tensor",
    "from torch.nn import Parameter",
    "from torch.utils.data import DataLoader",
    "from torch.utils.data import Dataset",
    "from torch.utils.data import TensorDataset",
    "from torchvision.transforms import ToTensor",
    "from collections import Counter",
    "from collections import OrderedDict",
    "from collections import defaultdict",
    "from collections import deque",
    "from collections import namedtuple",
    "from dataclasses import dataclass",
    "from functools import partial",
    "from functools import reduce",
    "from pathlib import Path",
    "from pprint import pprint",
    "from tqdm import tqdm",
    "from typing import Any",
    "from typing import Callable",
    "from typing import Dict",
    "from typing import List",
    "from typing import Optional",
    "from typing import Tuple",
    "from typing import Union",
    "from PIL import Image",
)
"""What is used by itself."""


def _name(line: str) -> str:
    return line.split()[-1]


_BY_NAME = {_name(line): line for line in (*_MODULES, *_OBJECTS)}
_WITH_ATTRIBUTE = frozenset(map(_name, _MODULES))


def import_for(use: Use) -> str:
    """Return the line that brings what is used, or nothing where it may mean anything."""
    if use.name in _WITH_ATTRIBUTE and not use.attribute:
        return ""
    return _BY_NAME.get(use.name, "")


def line_for(root: str) -> str:
    """Return the line that brings a module by the name that people give it."""
    return _BY_NAME.get(root, "") if root in _WITH_ATTRIBUTE else ""


def brought_by(codes: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each name that some code imports at its top level, and the line that does it."""
    for code in codes:
        try:
            statements = ast.parse(code).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for statement in statements:
            if isinstance(statement, ast.Import):
                for alias in statement.names:
                    yield alias.asname or alias.name.split(".")[0], ast.unparse(ast.Import([alias]))
            elif isinstance(statement, ast.ImportFrom) and statement.module and not statement.level:
                for alias in statement.names:
                    line = ast.unparse(ast.ImportFrom(statement.module, [alias], 0))
                    yield alias.asname or alias.name, line
