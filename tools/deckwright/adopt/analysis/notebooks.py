"""A notebook as a script with cells and a deck that shows them."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import pairwise
from typing import Any

from deckwright.compose.fences import fence_rows
from deckwright.frozen import dataclass
from deckwright.model import Diagnostic
from deckwright.parse import parse_script
from deckwright.parse.markdown import markdown
from deckwright.parse.notebook_syntax import without_notebook_syntax
from deckwright.text.lines import Lines
from deckwright.text.paths import FIGURES, SNIPPETS, from_deck

_OLD = "jupyter nbconvert --to notebook --inplace FILE writes it in format 4"
_ATTACHMENT = re.compile(r"\(attachment:([^)\s]+)\)")
_UNSEEN = frozenset({"hide-cell", "remove-cell", "hide_cell", "remove_cell"})
"""Tags of Jupyter Book for cells that run and are not shown."""

_SLIDES = ("slide", "subslide")
"""What RISE calls a cell that begins a slide."""

_DEEPEST_TITLE = 2
"""Headings down to this level begin a slide."""


@dataclass(frozen=True, slots=True)
class NotebookCell:
    """A cell of a notebook, and what it left."""

    kind: str
    """code or markdown."""
    text: str
    slide_type: str = ""
    """As RISE has it: slide, subslide, fragment, skip, notes."""
    is_seen: bool = True
    output: str = ""
    raises: str = ""
    """Name of the exception that it raised."""
    draws: bool = False
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """Those attached to its text."""


@dataclass(frozen=True, slots=True)
class NotebookFiles:
    """What a notebook becomes."""

    deck: str
    script: str
    pictures: Mapping[str, bytes]
    """Those attached to its text, by path."""
    diagnostics: tuple[Diagnostic, ...] = ()


def read_notebook(path: str, text: str) -> tuple[tuple[NotebookCell, ...], tuple[Diagnostic, ...]]:
    """Return the cells of a notebook that are not empty, or what is wrong with it."""
    lines = Lines(path, text)
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        place = lines.location(error.lineno, error.colno)
        return (), (lines.diagnostic("bad-notebook", f"this is no JSON: {error.msg}", place),)
    except RecursionError:
        return (), (lines.diagnostic("bad-notebook", "it is nested too deeply", lines.location(1)),)
    if problem := _problem(data):
        message, hint = problem
        return (), (lines.diagnostic("bad-notebook", message, lines.location(1), hint),)
    cells = [_cell(cell) for cell in data["cells"]]
    kept = tuple(cell for cell in cells if cell.text.strip() and cell.kind in ("code", "markdown"))
    empty = lines.diagnostic("bad-notebook", "this notebook is empty", lines.location(1))
    return kept, () if kept else (empty,)


def _problem(data: Any) -> tuple[str, str] | None:
    """Return what is wrong with the content of a file, and what to do."""
    if not isinstance(data, dict) or not isinstance(data.get("nbformat"), int):
        return "this is no notebook", "name a .ipynb file that Jupyter wrote"
    if data["nbformat"] != 4:
        return f"this notebook has format {data['nbformat']}", _OLD
    cells = data.get("cells")
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        return "this notebook has no cells", "open it in Jupyter, and save it again"
    language = _table(_table(data, "metadata"), "kernelspec").get("language", "python")
    if str(language).lower() not in ("python", "python3"):
        return f"the language of this notebook is {language}", "Deckwright runs Python"
    return None


def _table(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = data.get(key)
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return "".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _cell(cell: Mapping[str, Any]) -> NotebookCell:
    metadata, outputs = _table(cell, "metadata"), cell.get("outputs")
    found = [each for each in outputs if isinstance(each, dict)] if isinstance(outputs, list) else []
    tags = metadata.get("tags")
    return NotebookCell(
        kind=str(cell.get("cell_type")),
        text=_text(cell.get("source")).replace("\r\n", "\n").rstrip(),
        slide_type=str(_table(metadata, "slideshow").get("slide_type", "")),
        is_seen=_UNSEEN.isdisjoint(tags if isinstance(tags, list) else ()),
        output="".join(map(_output, found)).rstrip("\n"),
        raises=next((str(each.get("ename")) for each in found if each.get("output_type") == "error"), ""),
        draws=any(map(_is_picture, found)),
        pictures=dict(_attached(_table(cell, "attachments"))),
    )


def _output(output: Mapping[str, Any]) -> str:
    """Return an output as text; a picture has none."""
    kind = output.get("output_type")
    if kind == "stream":
        return _text(output.get("text")) if output.get("name") == "stdout" else ""
    if kind == "error":
        return f"{output.get('ename')}: {output.get('evalue')}\n"
    if _is_picture(output):
        return ""
    text = _text(_table(output, "data").get("text/plain"))
    return f"{text}\n" if text else ""


def _is_picture(output: Mapping[str, Any]) -> bool:
    return any(kind.startswith("image/") for kind in _table(output, "data"))


def _attached(attachments: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    for name, forms in attachments.items():
        form = next(iter(forms.values()), "") if isinstance(forms, dict) else ""
        try:
            yield name, base64.b64decode("".join(_text(form).split()), validate=True)
        except ValueError:
            continue


def files_of(cells: Sequence[NotebookCell], name: str, deck: str, images: str) -> NotebookFiles:
    """Return the script and the deck of a notebook of this name; `images` is the folder for its pictures."""
    script = f"{SNIPPETS}/{name}.py"
    code = [cell for cell in cells if cell.kind == "code"]
    text, diagnostics = _script(code, name, script)
    regions = parse_script(script, text).regions
    shown = [replace(cell, text=regions[_name(n)].code) for n, cell in enumerate(code, 1)]
    pictures = {f"{images}/{name}-{key}": data for cell in cells for key, data in cell.pictures.items()}
    slides = _Slides(deck, script, name, images)
    numbered = iter(enumerate(shown, 1))
    for cell in cells:
        slides.add(cell) if cell.kind == "markdown" else slides.add_code(*next(numbered))
    return NotebookFiles(slides.text(), text, pictures, diagnostics)


def _name(number: int) -> str:
    return f"cell-{number}"


def _script(code: Sequence[NotebookCell], name: str, path: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return the text of the script, and what in it only a notebook understands."""
    rows: list[str] = []
    found: list[tuple[int, str, str]] = []
    for number, cell in enumerate(code, 1):
        rows += [*([""] if rows else []), f"# %% {_name(number)}"]
        rows += [f"#| label: {name}-{number}"] if cell.draws else []
        rows += [f"#| raises: {cell.raises}"] if cell.raises else []
        body, syntax = _plain(cell.text)
        found += [(len(rows) + line, what, hint) for line, what, hint in syntax]
        rows += body
    lines = Lines(path, "\n".join(rows) + "\n")
    message = "{} works only in a notebook: it is a comment now"
    diagnostics = (
        lines.warning("notebook-comment", message.format(what), lines.whole(line), hint)
        for line, what, hint in found
    )
    return lines.text, tuple(diagnostics)


def _plain(code: str) -> tuple[list[str], list[tuple[int, str, str]]]:
    """Return the rows of code with comments in place of what only a notebook understands, and these."""
    before = code.split("\n")
    text, found = without_notebook_syntax(code)
    rows = text.split("\n")
    for each in found:
        end = each.line
        while end < len(rows) and not rows[end] and before[end]:
            rows[end] = f"# {before[end]}"
            end += 1
        original, indent = (
            before[each.line - 1].strip(),
            len(rows[each.line - 1]) - len(rows[each.line - 1].lstrip()),
        )
        rows[each.line - 1] = f"{rows[each.line - 1]}  # {original}" if indent else f"# {original}"
    return rows, [(each.line, each.name, each.hint) for each in found]


class _Slides:
    """The deck so far."""

    def __init__(self, deck: str, script: str, name: str, images: str) -> None:
        self._source = from_deck(deck, script)
        self._figures = from_deck(deck, f"{FIGURES}/{name}")
        self._images = from_deck(deck, f"{images}/{name}")
        self._name = name
        self._title = ""
        self._slides: list[list[str]] = [[]]

    def text(self) -> str:
        title = next((line for line in (self._first_title, self._name) if line), "")
        matter = f"---\nmarp: true\npaginate: true\ntitle: {json.dumps(title, ensure_ascii=False)}\n---"
        slides = "\n\n---\n\n".join("\n\n".join(blocks) for blocks in self._slides if blocks)
        return f"{matter}\n\n{slides}\n"

    @property
    def _first_title(self) -> str:
        blocks = (block for slide in self._slides for block in slide)
        return next((block.lstrip("# ").split("\n")[0] for block in blocks if block.startswith("#")), "")

    def add(self, cell: NotebookCell) -> None:
        """Add text: each heading begins a slide."""
        text = _ATTACHMENT.sub(lambda match: f"({self._images}-{match[1]})", cell.text)
        if cell.slide_type == "skip":
            return
        if cell.slide_type == "notes":
            self._slides[-1].append("<!--\n" + text.replace("--", "- -") + "\n-->")
            return
        self._begin(cell)
        for title, part in _parts(text):
            if title and self._slides[-1]:
                self._slides.append([])
            self._title = title or self._title
            self._slides[-1].append(part)

    def add_code(self, number: int, cell: NotebookCell) -> None:
        """Add code, and below it what it printed and drew."""
        if not cell.is_seen or cell.slide_type == "skip":
            return
        self._begin(cell)
        place = f"{self._source}#{_name(number)}"
        self._slides[-1].append("\n".join(fence_rows(f"python file={place}", cell.text, "```")))
        if cell.output:
            self._slides[-1].append("\n".join(fence_rows(f"text output={place}", cell.output, "```")))
        if cell.draws:
            alt = re.sub(r"[\[\]\\`*_<>&!]", "", self._title)
            self._slides[-1].append(
                f"![{' '.join(['w:600', 'center', *alt.split()])}]({self._figures}-{number}.svg)"
            )

    def _begin(self, cell: NotebookCell) -> None:
        if cell.slide_type in _SLIDES and self._slides[-1]:
            self._slides.append([])


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a text that headings begin, each with its title; the first may have none."""
    lines, starts = Lines("", text), [(0, "")]
    tokens = markdown().parse(text)
    for token, inline in pairwise(tokens):
        if (
            token.type == "heading_open"
            and token.map
            and not token.level
            and int(token.tag[1]) <= _DEEPEST_TITLE
        ):
            starts.append((lines.start(token.map[0] + 1), inline.content))
    for (start, title), end in zip(starts, [*(start for start, _ in starts[1:]), len(text)]):
        if part := text[start:end].strip():
            yield title, part
