"""What-if controls: names of scripts that a reader of a slide gives other values."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from itertools import product
from math import prod

from deckwright.frozen import dataclass

Overrides = tuple[tuple[str, str], ...]
"""Names, each with a Python expression."""

MOST_STATES = 64
"""How many states a slide may have: each of them is a run."""


@dataclass(frozen=True, slots=True)
class Control:
    """A name of a script, and the values from which a reader of a slide chooses."""

    name: str
    values: tuple[str, ...]
    """Python expressions, in the order in which they are offered."""
    accepted: int
    """The index of the value that the script itself gives the name."""

    @property
    def is_numeric(self) -> bool:
        """Whether all values are numbers."""
        return all(map(_is_number, self.values))

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the values as readers see them: texts without their quotes."""
        return tuple(map(label_of, self.values))


@dataclass(frozen=True, slots=True)
class SlideState:
    """One state of a slide: a value of each of its controls."""

    number: int
    """Its place among the states, from 0 on: the last control changes first."""
    labels: tuple[str, ...]
    """Each name and its value, such as `lr = 0.1`."""
    overrides: Overrides
    """The values that are not the scripts' own: none for the accepted state."""

    def __str__(self) -> str:
        return ", ".join(self.labels)


def states_of(controls: Sequence[Control]) -> Iterator[SlideState]:
    """Yield the states of a slide with these controls."""
    for number, indices in enumerate(product(*(range(len(each.values)) for each in controls))):
        chosen = list(zip(controls, indices, strict=True))
        yield SlideState(
            number,
            tuple(f"{control.name} = {control.labels[index]}" for control, index in chosen),
            # Sorted, so that slides which name the controls in another order share the runs.
            tuple(
                sorted((each.name, each.values[index]) for each, index in chosen if index != each.accepted)
            ),
        )


def count_states(controls: Sequence[Control]) -> int:
    """Return the number of states of a slide with these controls."""
    return prod(len(each.values) for each in controls)


def label_of(expression: str) -> str:
    """Return a value as readers see it: a text without its quotes."""
    value = literal(expression)
    return value if isinstance(value, str) and value else expression


def literal(expression: str) -> object:
    """Return what an expression stands for by itself; None for one that must be computed."""
    try:
        return ast.literal_eval(expression)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None


def _is_number(expression: str) -> bool:
    value = literal(expression)
    return isinstance(value, int | float) and not isinstance(value, bool)
