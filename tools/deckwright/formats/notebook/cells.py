"""Cells of notebooks, and a notebook of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from deckwright.formats.notebook.outputs import Data, whole

_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
_VERSION = (4, 5)
"""Of the format of notebooks: the first one in which cells have ids."""


def markdown_cell(text: str) -> Data:
    return {"cell_type": "markdown", "metadata": {}, "source": text}


def raw_cell(text: str) -> Data:
    return {"cell_type": "raw", "metadata": {}, "source": text}


def code_cell(
    code: str,
    outputs: Sequence[Data] = (),
    *,
    shows_code: bool = True,
    shows_outputs: bool = True,
    raises: bool = False,
) -> Data:
    """Return a cell with what it left. JupyterLab and Colab collapse code that it does not show."""
    jupyter = {"source_hidden": not shows_code, "outputs_hidden": not shows_outputs}
    tags = {"hide-input": not shows_code and shows_outputs, "hide-cell": not (shows_code or shows_outputs)}
    tags["raises-exception"] = raises
    metadata: dict[str, Any] = {
        "jupyter": {name: True for name, is_set in jupyter.items() if is_set},
        "tags": [name for name, is_set in tags.items() if is_set],
        "cellView": "" if shows_code else "form",
    }
    return {
        "cell_type": "code",
        "metadata": {name: value for name, value in metadata.items() if value},
        "source": whole(code),
        "outputs": list(outputs),
    }


@cache
def start_cell(name: str) -> Data:
    """Return the cell that defines `_use_script`: the text of a module beside this one."""
    code = Path(__file__).with_name(f"{name}.py").read_text("utf-8")
    return code_cell(code.rstrip(), shows_code=False, shows_outputs=False)


def notebook(title: str, cells: Sequence[Data]) -> bytes:
    """Return a file with these cells: their ids and counts are their places."""
    import nbformat  # only where notebooks are made

    numbered, count = [], 0
    for place, cell in enumerate(cells, 1):
        count += cell["cell_type"] == "code"
        numbered.append({**cell, "id": f"cell-{place}", **_counted(cell, count)})
    major, minor = _VERSION
    metadata = {"kernelspec": _KERNEL, "language_info": {"name": "python"}, "title": whole(title)}
    data = {"cells": numbered, "metadata": metadata, "nbformat": major, "nbformat_minor": minor}
    text: str = nbformat.writes(nbformat.from_dict(data))  # type: ignore[no-untyped-call]
    return text.encode() + b"\n"


def _counted(cell: Data, count: int) -> Data:
    return {"execution_count": count} if cell["cell_type"] == "code" else {}
