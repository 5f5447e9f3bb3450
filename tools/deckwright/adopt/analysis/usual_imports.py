"""The usual imports of names such as `np` or `F`, for a deck that lacks them."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from itertools import chain

from deckwright.adopt.analysis.free_names import Use
from deckwright.text.syntax import statements_of

_STANDARD = "asyncio collections copy csv functools itertools json math os pickle random re string sys time"
_LIBRARIES = "scipy sklearn torch torchvision torchaudio jax transformers"
_MODULES = {
    **{name: f"import {name}" for name in f"{_STANDARD} {_LIBRARIES}".split()},
    "np": "import numpy as np",
    "pd": "import pandas as pd",
    "plt": "import matplotlib.pyplot as plt",
    "sns": "import seaborn as sns",
    "tf": "import tensorflow as tf",
    "jnp": "import jax.numpy as jnp",
    "F": "import torch.nn.functional as F",
    "nn": "from torch import nn",
    "optim": "from torch import optim",
    "datasets": "from torchvision import datasets",
    "transforms": "from torchvision import transforms",
}
"""Imports of names that are used with an attribute."""

_OBJECTS = {
    "torch": "Tensor",
    "torch.nn": "Parameter",
    "torch.utils.data": "DataLoader Dataset TensorDataset",
    "torchvision.transforms": "ToTensor",
    "collections": "Counter OrderedDict defaultdict deque namedtuple",
    "dataclasses": "dataclass",
    "functools": "partial reduce",
    "pathlib": "Path",
    "pprint": "pprint",
    "tqdm": "tqdm",
    "typing": "Any Callable Dict List Optional Tuple Union",
    "PIL": "Image",
}
_BY_OBJECT = {
    name: f"from {module} import {name}" for module, names in _OBJECTS.items() for name in names.split()
}


def import_for(use: Use) -> str:
    """Return the usual import of a name that is used; empty if the name may mean anything."""
    return _BY_OBJECT.get(use.name) or (module_import(use.name) if use.attribute else "")


def module_import(name: str) -> str:
    """Return the usual import of a module by its usual name; empty if there is none."""
    return _MODULES.get(name, "")


def imports_in(codes: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each name that code imports at its top level, and the import."""
    for statement in chain.from_iterable(map(statements_of, codes)):
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                yield alias.asname or alias.name.split(".")[0], ast.unparse(ast.Import([alias]))
        elif isinstance(statement, ast.ImportFrom) and statement.module and not statement.level:
            for alias in statement.names:
                line = ast.unparse(ast.ImportFrom(statement.module, [alias], 0))
                yield alias.asname or alias.name, line
