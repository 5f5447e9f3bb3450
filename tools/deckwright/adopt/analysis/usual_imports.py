"""The usual imports of names such as `np` or `F`, for a deck that lacks them."""

from __future__ import annotations

import ast
from collections.abc import Container, Iterable, Iterator
from itertools import chain

from deckwright.adopt.analysis.free_names import Use
from deckwright.text.syntax import statements_of

_STANDARD = """
    argparse asyncio base64 bisect collections contextlib copy csv ctypes dataclasses datetime enum functools
    glob hashlib heapq inspect io itertools json logging math multiprocessing operator os pathlib pickle
    random re shutil sqlite3 statistics string subprocess sys tempfile textwrap threading time timeit
    traceback typing unittest urllib uuid warnings weakref
"""
_WORDS = frozenset({"collections", "copy", "inspect", "operator", "random", "statistics", "string", "time"})
"""Modules whose names are words of other texts, too."""

_LIBRARIES = """
    jax joblib matplotlib numpy pandas pytest requests scipy sklearn torch torchaudio torchvision transformers
"""
_MODULES = {
    **{name: f"import {name}" for name in f"{_STANDARD} {_LIBRARIES}".split()},
    "alt": "import altair as alt",
    "np": "import numpy as np",
    "nx": "import networkx as nx",
    "pd": "import pandas as pd",
    "pl": "import polars as pl",
    "plt": "import matplotlib.pyplot as plt",
    "px": "import plotly.express as px",
    "sm": "import statsmodels.api as sm",
    "sns": "import seaborn as sns",
    "tf": "import tensorflow as tf",
    "jnp": "import jax.numpy as jnp",
    "xr": "import xarray as xr",
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
    "abc": "ABC ABCMeta abstractmethod",
    "collections": "ChainMap Counter OrderedDict defaultdict deque namedtuple",
    "concurrent.futures": "ProcessPoolExecutor ThreadPoolExecutor",
    "contextlib": "ExitStack asynccontextmanager contextmanager nullcontext",
    "dataclasses": "asdict astuple dataclass",
    "datetime": "timedelta",
    "decimal": "Decimal",
    "enum": "Enum IntEnum IntFlag StrEnum",
    "fractions": "Fraction",
    "functools": "cached_property lru_cache partial reduce singledispatch total_ordering wraps",
    "io": "BytesIO StringIO",
    "itertools": "islice zip_longest",
    "pathlib": "Path",
    "pprint": "pprint",
    "tqdm": "tqdm",
    "typing": """
        Annotated Any Callable ClassVar Dict Final FrozenSet Generic Iterable Iterator List Literal Mapping
        MutableMapping NamedTuple NoReturn Optional Protocol Self Sequence Set Tuple Type TypeVar TypedDict
        Union
    """,
    "PIL": "Image",
}
"""Names that mean one thing, by their modules."""

_COMPANIONS = {
    "abc": "abstractproperty",
    "contextlib": "closing redirect_stdout suppress",
    "dataclasses": "InitVar KW_ONLY field fields is_dataclass replace",
    "enum": "Flag auto unique",
    "functools": "cache",
    "itertools": "accumulate chain combinations count cycle groupby permutations product repeat takewhile",
    "typing": "AnyStr Generator Hashable NewType Pattern cast overload",
}
"""Names that may mean anything, and mean what their module has where another name of it is used."""

_OF_CLASSES = {
    "datetime": "combine fromisoformat fromtimestamp now strptime today utcfromtimestamp utcnow",
    "date": "fromisoformat fromtimestamp today",
}
"""Attributes of the classes in the module `datetime`, one of which has the module's name."""

_MODULE_OF = {name: module for module, names in _OBJECTS.items() for name in names.split()}
_MODULE_OF_COMPANION = {name: module for module, names in _COMPANIONS.items() for name in names.split()}


def import_for(use: Use, modules: Container[str] = ()) -> str:
    """Return the usual import of a name that is used; empty if the name may mean anything.

    `modules` are those of which the deck uses other names, which leaves no doubt about `field`.
    """
    if use.attribute in _OF_CLASSES.get(use.name, "").split():
        return f"from datetime import {use.name}"
    module = _MODULE_OF.get(use.name) or _MODULE_OF_COMPANION.get(use.name, "")
    if use.name in _MODULE_OF or module in modules:
        return f"from {module} import {use.name}"
    return module_import(use.name) if use.attribute else ""


def modules_used(uses: Iterable[Use]) -> frozenset[str]:
    """Return the modules that the names must be from which code uses."""
    return frozenset(_MODULE_OF[use.name] for use in uses if use.name in _MODULE_OF)


def modules_imported(codes: Iterable[str]) -> frozenset[str]:
    """Return the modules from which code imports names at its top level."""
    statements = chain.from_iterable(map(statements_of, codes))
    return frozenset(each.module for each in statements if isinstance(each, ast.ImportFrom) and each.module)


def joined(lines: Iterable[str]) -> tuple[str, ...]:
    """Return imports with those from one module in one line."""
    names: dict[str, list[str]] = {}
    for line in lines:
        head, is_from, name = line.partition(" import ")
        names.setdefault(head if is_from else line, []).extend([name] if is_from else [])
    return tuple(f"{head} import {', '.join(each)}" if each else head for head, each in names.items())


def library_import(name: str) -> str:
    """Return the usual import of a library by a name that is no word of other texts, as `string` is."""
    return "" if name in _WORDS else module_import(name)


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
