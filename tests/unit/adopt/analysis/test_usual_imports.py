"""Usual imports."""

import pytest

from deckwright.adopt.analysis.free_names import Use
from deckwright.adopt.analysis.usual_imports import import_for, imports_in


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
