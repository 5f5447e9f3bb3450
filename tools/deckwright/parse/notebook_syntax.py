"""What only a notebook understands: `%magic`, `!command`, `name?` and top-level `await`."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from deckwright.frozen import dataclass
from deckwright.text.lines import NEWLINE

_AS_COMMAND = "write it with `subprocess.run`, or show it in a fence of its own without 'exec'"
_INSTALL = "install packages before the build, and remove this line"
_TIMING = "measure with `time.perf_counter()` or the module `timeit`"
_REMOVE = "remove it: Deckwright needs no such line"

_HINTS = {
    "await": "define `async def main():` and write `asyncio.run(main())`",
    "help": "write `help(…)`",
    **dict.fromkeys(("!", "sx", "system", "sh", "bash", "script", "cmd"), _AS_COMMAND),
    **dict.fromkeys(("pip", "conda", "mamba", "uv"), _INSTALL),
    **dict.fromkeys(("time", "timeit", "prun"), _TIMING),
    **dict.fromkeys(("matplotlib", "pylab", "load_ext", "autoreload", "config", "reload_ext"), _REMOVE),
    "cd": "write `os.chdir(…)`",
    "env": "write `os.environ[…] = …`",
    "run": "import the file",
    "writefile": "write the file with `pathlib.Path(…).write_text(…)`",
    "capture": "write `with contextlib.redirect_stdout(…):`",
}
_OTHERWISE = "write it in plain Python, or show it in a fence of its own without 'exec'"

_LINE = re.compile(
    r"""(?P<indent>[ \t]*)
        (?P<target>[\w.,\[\]() \t]+?=(?!=)[ \t]*)?
        (?P<mark>
            %%[ \t]*(?P<cell>[A-Za-z]\w*) | %[ \t]*(?P<line>[A-Za-z]\w*) | !!?(?![=])
          | \?{1,2}(?=[\w.*]+[ \t]*$) | %?[\w.*]+\?{1,2}[ \t]*$
        )""",
    re.VERBOSE,
)
_PYTHON_CELLS = frozenset({"time", "timeit", "capture", "prun"})
"""Cell magics below which there is Python."""

_CELL = re.compile(r"#[ \t]*%%")


@dataclass(frozen=True, slots=True)
class NotebookSyntax:
    """A place in code that only a notebook understands: what it is, and what to write instead."""

    line: int
    column: int
    length: int
    name: str
    hint: str


def without_notebook_syntax(code: str) -> tuple[str, tuple[NotebookSyntax, ...]]:
    """Return code with `pass` or `None` in place of such lines, and these lines.

    Only a line that Python refuses counts: in a text or after an open bracket it may begin with `%`.
    """
    rows = NEWLINE.split(code)
    found: list[NotebookSyntax] = []
    for number in range(1, len(rows) + 1):
        match = _LINE.match(rows[number - 1])
        if match and _refuses(rows, number):
            found.append(_described(match, rows[number - 1], number))
            end = _end(rows, number, match["cell"])
            rows[number - 1 : end] = [_placeholder(match), *[""] * (end - number)]
    return "\n".join(rows), tuple(found)


def refused_awaits(tree: ast.Module) -> list[SyntaxError]:
    """Return Python's error about each top-level statement with an `await` that a notebook runs."""
    if _compiler_error(tree, ast.PyCF_ALLOW_TOP_LEVEL_AWAIT):
        return []
    errors = (_compiler_error(ast.Module([statement], [])) for statement in tree.body)
    return [error for error in errors if error]


def top_level_await(error: SyntaxError) -> NotebookSyntax:
    """Return the place of such an error."""
    length = (error.end_offset or 0) - (error.offset or 1) if error.end_lineno == error.lineno else 5
    word = "async" if "async" in error.msg and "'await'" not in error.msg else "await"
    return NotebookSyntax(
        error.lineno or 1, error.offset or 1, length, f"top-level `{word}`", _HINTS["await"]
    )


def _compiler_error(tree: ast.Module, flags: int = 0) -> SyntaxError | None:
    try:
        compile(tree, "", "exec", flags, dont_inherit=True)
    except SyntaxError as error:
        return error
    return None


def _refuses(rows: Sequence[str], number: int) -> bool:
    """Whether Python, as it reads on, stops at this very line. What follows could distract it."""
    try:
        ast.parse("\n".join(rows[:number]))
    except SyntaxError as error:
        return error.lineno == number
    except (ValueError, RecursionError, MemoryError):
        pass
    return False


def _placeholder(match: re.Match[str]) -> str:
    return f"{match['indent']}{match['target']}None" if match["target"] else f"{match['indent']}pass"


def _described(match: re.Match[str], row: str, number: int) -> NotebookSyntax:
    magic, start = match["cell"] or match["line"], match.start("mark")
    if magic:
        name, key = f"`{'%%' if match['cell'] else '%'}{magic}`", magic
    elif match["mark"].startswith("!"):
        words = row[match.end("mark") :].split()
        name, key = "`!command`", words[0] if words and words[0] in _HINTS else "!"
    else:
        name, key = "`name?`", "help"
    hint = _HINTS.get(key, _OTHERWISE)
    return NotebookSyntax(number, start + 1, len(row.rstrip()) - start, name, hint)


def _end(rows: Sequence[str], number: int, cell_magic: str | None) -> int:
    """Return the last line of what begins at a line: it may be continued, or a cell in another language."""
    if cell_magic and cell_magic not in _PYTHON_CELLS:
        return next((i for i, row in enumerate(rows) if i >= number and _CELL.match(row)), len(rows))
    while number < len(rows) and rows[number - 1].rstrip().endswith("\\"):
        number += 1
    return number
