"""What a fence that Python cannot read is: a session, a fragment, pseudo-code, or a mistake."""

from __future__ import annotations

import re
import textwrap
import warnings

SESSION = "a session with >>> prompts, no program"
COMMANDS = "holds commands of IPython (! or %)"
FRAGMENT = "a fragment of something larger"
AWAITS = "await outside of a function, which only notebooks run"
PSEUDO = "pseudo-code"

_LEFT_OUT = re.compile(r"\.\.\.|…|⋯|<[a-z][a-z _-]*>")
_OUTSIDE = re.compile(r"'\w+' outside (?:async )?(?:function|loop)|'\w+' not properly in loop")


def apart(code: str) -> str:
    """Return why some code is no part of a program; empty if it is one, perhaps with a mistake in it."""
    if re.match(r"\s*>>> ?", code):
        return SESSION
    error = mistake(code)
    if error is None:
        return ""
    if re.search(r"^\s*[!%]{1,2}\w", code, re.MULTILINE):
        return COMMANDS
    if error.msg.startswith("'await' outside"):
        return AWAITS
    if mistake(textwrap.dedent(code)) is None or _OUTSIDE.match(error.msg):
        return FRAGMENT
    if _LEFT_OUT.search(code):
        return FRAGMENT
    return PSEUDO if _is_prose(code) else ""


def mistake(code: str) -> SyntaxError | None:
    """Return what Python has against some code; None if it can compile it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(code, "deck", "exec", dont_inherit=True)
    except SyntaxError as error:
        return error
    except (ValueError, RecursionError, MemoryError) as error:
        return SyntaxError(str(error))
    return None


def _is_prose(code: str) -> bool:
    """Whether most lines are no Python even by themselves."""
    rows = [row.strip() for row in code.splitlines() if row.strip() and not row.strip().startswith("#")]
    foreign = (row for row in rows if mistake(row) and mistake(f"{row.rstrip(':')}:\n    pass"))
    return sum(map(_is_words, foreign)) * 2 > len(rows)


def _is_words(row: str) -> bool:
    """Whether a line reads like words: two in a row without an operator between them."""
    return bool(re.search(r"[^\W\d_]{2,}\s+[^\W\d_]{2,}", row)) or "←" in row or "→" in row
