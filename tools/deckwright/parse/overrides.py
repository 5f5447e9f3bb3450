"""Other values for top-level names of a script, which its block of metadata gives for another variant."""

from __future__ import annotations

import ast
import math

from deckwright.frozen import dataclass
from deckwright.text.bound_names import binding_lines
from deckwright.text.suggest import did_you_mean
from deckwright.text.syntax import assigned_name, top_level


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a name cannot have another value, and what to do."""

    message: str
    hint: str


def expression_of(value: object) -> str:
    """Return a value of TOML as a Python expression; raises ValueError for what has none."""
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError
    if not isinstance(value, str | bool | int | float):
        raise ValueError
    return repr(value)


EXPECTED = "a text, a number, true or false"
"""What `expression_of` accepts."""


def refusal_of(tree: ast.Module, name: str) -> Refusal | None:
    """Return why a variant cannot give a name another value; None if it can.

    The script must set it once, in a plain assignment at its top level: there the other value is set.
    """
    lines = binding_lines(tree, name)
    plain = [each.lineno for each in top_level(tree) if assigned_name(each) == name]
    if lines == plain[:1] and lines:
        return None
    if not lines:
        names = {each for each in map(assigned_name, top_level(tree)) if each}
        hint = did_you_mean(name, sorted(names), f"write `{name} = …` at its top level")
        return Refusal(f"this script sets no top-level name '{name}'", hint)
    if len(lines) > 1:
        places = ", ".join(map(str, lines[:-1])) + f" and {lines[-1]}"
        hint = "set it once, and give what changes another name"
        return Refusal(f"this script sets '{name}' more than once, in lines {places}", hint)
    message = f"line {lines[0]} sets '{name}', but in no statement of its own at the top level"
    return Refusal(message, f"write `{name} = …` on a line of its own, not in an `if`, a loop or a function")
