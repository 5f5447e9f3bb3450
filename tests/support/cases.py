"""Tests as text: a file of cases, each a title and blocks, with lines of one dot between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CASES = Path(__file__).parent.parent / "cases"


@dataclass(frozen=True, slots=True)
class Case:
    """`inputs` and `expected` are whole lines; `id` names file, line and title."""

    id: str
    inputs: tuple[str, ...]
    expected: str


def read_cases(name: str, inputs: int = 1) -> Iterator[Case]:
    """Read tests/cases/NAME: title, `.`, so many inputs and the expected text, `.` after each."""
    blocks: list[list[str]] = [[]]
    title_line = 0
    for number, line in enumerate((CASES / name).read_text("utf-8").splitlines(), 1):
        if line != ".":
            blocks[-1].append(line)
            continue
        title_line = number - 1 if len(blocks) == 1 else title_line
        blocks.append([])
        if len(blocks) == inputs + 3:
            title, *given, expected = ("\n".join(block).strip("\n") for block in blocks[:-1])
            yield Case(f"{name}:{title_line} {title}", tuple(given), expected)
            blocks = [[]]
