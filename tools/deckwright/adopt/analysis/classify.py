"""Kinds of code that Python cannot read: a session, a fragment, pseudo-code, or a mistake."""

from __future__ import annotations

import ast
import re
import textwrap
import warnings

from deckwright.text.syntax import top_level

SESSION = "a session with prompts, no program"
COMMANDS = "holds commands of IPython (! or %)"
FRAGMENT = "a fragment of something larger"
AWAITS = "await outside of a function, which only notebooks run"
PSEUDO = "pseudo-code"
ENDLESS = "runs until it is stopped"

# A deck that was adopted holds these texts: one of them is a reason of ours, not of the author.
REASONS = frozenset({SESSION, COMMANDS, FRAGMENT, AWAITS, PSEUDO, ENDLESS})
HINTS = {
    SESSION: "it becomes code and output if its code runs, shows something where the session does, and fits"
    " (with --outputs also if it does not fit)",
    COMMANDS: "without the lines that begin with ! or % it can run",
    FRAGMENT: "to prove it, keep the whole in a script and show a part: ```python file=SCRIPT.py#REGION",
    AWAITS: "call it with asyncio.run(…)",
    ENDLESS: "a slide can prove a program that ends: let it count to a number, or answer one request",
}

PROMPT = r"(?:>>>|In ?\[\d*\]:)"
"""Of Python and of IPython."""

_COMMAND = re.compile(r"^\s*[!%]{1,2}\w.*$", re.MULTILINE)
_COMMENT = re.compile(r"^([ \t]*)#.*$", re.MULTILINE)
_LEFT_OUT = re.compile(r"\.\.\.|…|⋯|<[a-z][a-z _-]*>")
_LOOP_OF_A_SERVER = re.compile(r"uvicorn\.run|.*\.(mainloop|serve_forever|run_forever)", re.DOTALL)
_HARMLESS = frozenset({"print", "len", "range", "str", "sleep", "time.sleep"})
"""Functions that raise nothing, as texts call them."""

_OUTSIDE = re.compile(r"'\w+' outside (?:async )?(?:function|loop)|'\w+' not properly in loop")


def reason_apart(code: str) -> str:
    """Return why code is not part of a program; empty if it is, perhaps with a mistake."""
    if re.match(rf"\s*{PROMPT}", code):
        return SESSION
    error = syntax_error(code)
    if error is None:
        return ENDLESS if any(map(_is_endless, top_level(ast.parse(code)))) else ""
    if _COMMAND.search(code):
        return COMMANDS
    if error.msg.startswith("'await' outside"):
        return AWAITS
    if _is_part(textwrap.dedent(code)) or _LEFT_OUT.search(code):
        return FRAGMENT
    return PSEUDO if _is_prose(code) else ""


def without_commands(code: str) -> str:
    """Return the part of a notebook's cell that Python can read."""
    return _COMMAND.sub("", code) if syntax_error(code) else code


def syntax_error(code: str) -> SyntaxError | None:
    """Return the error that Python raises when it compiles code; None if it compiles."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(code, "deck", "exec", dont_inherit=True)
    except SyntaxError as error:
        return error
    except (ValueError, RecursionError, MemoryError) as error:
        return SyntaxError(str(error))
    return None


def _is_endless(statement: ast.stmt) -> bool:
    """Whether a statement surely never ends: `while True:` without a way out, or the loop of a server."""
    if isinstance(statement, ast.Expr) and isinstance(call := statement.value, ast.Call):
        return bool(_LOOP_OF_A_SERVER.fullmatch(ast.unparse(call.func)))
    if not isinstance(statement, ast.While):
        return False
    is_forever = isinstance(statement.test, ast.Constant) and bool(statement.test.value)
    return is_forever and not any(map(_may_leave, ast.walk(statement)))


def _may_leave(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        return ast.unparse(node.func) not in _HARMLESS
    return isinstance(node, ast.Break | ast.Raise | ast.Subscript | ast.Assert)


def _is_part(code: str) -> bool:
    """Whether code would compile within a function, a loop or a class, or with a body below its last line."""
    error = syntax_error(code)
    if error and error.msg.startswith("expected an indented block"):
        error = syntax_error(_COMMENT.sub(r"\1pass", code))  # the body is left to the reader
    return error is None or bool(_OUTSIDE.match(error.msg))


def _is_prose(code: str) -> bool:
    """Whether most lines are not Python, even one by one."""
    rows = [row.strip() for row in code.splitlines() if row.strip() and not row.strip().startswith("#")]
    foreign = (row for row in rows if syntax_error(row) and syntax_error(f"{row.rstrip(':')}:\n    pass"))
    return sum(map(_is_words, foreign)) * 2 > len(rows)


def _is_words(row: str) -> bool:
    """Whether a line is prose: it has two words without an operator between them."""
    return bool(re.search(r"[^\W\d_]{2,}\s+[^\W\d_]{2,}", row)) or "←" in row or "→" in row
