"""How a module of `child` is started as a program, in any interpreter, also in one without Deckwright."""

from __future__ import annotations

from deckwright.machine.result_code import TOOL

_START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from deckwright.child.{} import main; main()"


def main_of(module: str) -> tuple[str, str, str]:
    """Return the arguments with which Python runs `main` of a module of `child`; its own come behind them."""
    return "-c", _START.format(module), str(TOOL.parent)
