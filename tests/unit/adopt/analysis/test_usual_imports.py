"""Usual imports."""

import pytest

from deckwright.adopt.analysis.free_names import Use
from deckwright.adopt.analysis.usual_imports import import_for, imports_in
from support.plain_decks import fence, judged


@pytest.mark.parametrize(
    ("use", "line"),
    [
        (Use("np", 1, 1, attribute="ones"), "import numpy as np"),
        (Use("F", 1, 1, attribute="relu"), "import torch.nn.functional as F"),
        (Use("F", 1, 1), ""),
        (Use("time", 1, 1), ""),
        (Use("Tensor", 1, 1), "from torch import Tensor"),
        (Use("model", 1, 1, attribute="parameters"), ""),
    ],
)
def test_usual_imports(use: Use, line: str) -> None:
    assert import_for(use) == line


def test_what_code_imports() -> None:
    code = "import a.b\nimport c as d\nfrom e import f as g, h\nfrom . import i\n"
    assert dict(imports_in([code, "x ="])) == {
        "a": "import a.b",
        "d": "import c as d",
        "g": "from e import f as g",
        "h": "from e import h",
    }


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        (
            "@dataclass\nclass A:\n    xs: List[int] = field(default_factory=list)",
            "from dataclasses import dataclass, field|from typing import List",
        ),
        ("print(field(1))", ""),
        ("class Color(Enum):\n    RED = auto()", "from enum import Enum, auto"),
        ("@lru_cache\n@wraps(f)\ndef g(x: Optional[int]) -> Tuple: ...", ""),
        (
            "@lru_cache\ndef g(x: Any): ...",
            "from functools import lru_cache|from typing import Any",
        ),
        ("np.random.seed(0)", "import numpy as np"),
        ("nn.Linear(F.relu(x := 1), 2)", "from torch import nn|import torch.nn.functional as F"),
        ("datetime.now()", "from datetime import datetime"),
        ("datetime.datetime.now()", "import datetime"),
        ("class A(ABC):\n    @abstractmethod\n    def f(self): ...", "from abc import ABC, abstractmethod"),
    ],
)
def test_the_names_of_one_module_come_in_one_line(code: str, lines: str) -> None:
    (only,) = judged(fence(*code.split("\n"))).fences
    assert only.imports == tuple(filter(None, lines.split("|")))


def test_a_name_means_what_a_module_has_from_which_the_deck_imports() -> None:
    text = fence("from dataclasses import dataclass") + fence(
        "@dataclass", "class A:", "    x: int = field()"
    )
    assert judged(text).fences[1].imports == ("from dataclasses import field",)
