"""Whether what is about to be published holds a solution or a speaker note."""

from __future__ import annotations

import html
import io
import json
import re
import tokenize
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress

from deckwright.frozen import dataclass
from deckwright.model import Course, Deck, Script
from deckwright.publish.stripped import Results, students_script
from deckwright.text.lines import Lines

_SHORTEST = 12
"""Fewest characters of a line that says enough: `return x` stands in many scripts."""

_PART = _SHORTEST // 2
"""How much of each secret is looked up at once."""

_STREAMS = ("stdout", "stderr")
_LONGEST = 100_000
_PICTURES = (".png", ".jpg", ".gif", ".webp", ".apng")
_WRITTEN = re.compile(rb"[\x20-\x7e\x80-\xf7]{12,}")
"""What may be written in the data of a picture."""
_DATA = re.compile(r"data:[\w/+.;=-]+;base64,[A-Za-z0-9+/=]*")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Secret:
    """A line that no student may read."""

    text: str
    """Without any space."""
    path: str
    line: int
    source: str
    """The whole line."""
    kind: str
    """`solution`, `note` or `result`."""


_ByPart = Mapping[str, Sequence[tuple[Secret, int]]]


@dataclass(frozen=True, slots=True)
class Leak:
    secret: Secret
    files: tuple[str, ...]
    """The published files in which it is."""


def secrets_of(scripts: Sequence[Script], decks: Sequence[Deck]) -> tuple[Secret, ...]:
    """Return the lines of solutions and notes that students do not read anyway.

    What other code computes, too, is no secret of a solution; what slides and code say is none of a note.
    """
    texts = [students_script(script).text for script in scripts]
    code = "\n".join(map(_code, texts))
    read = "\n".join(map(squeezed, [*texts, *(_COMMENT.sub("", deck.text) for deck in decks)]))
    solutions = (each for each in _solution_lines(scripts) if each.text not in code)
    notes = (each for each in _note_lines(decks) if each.text not in read)
    return tuple(each for each in (*solutions, *notes) if len(each.text) >= _SHORTEST)


def secrets_of_results(course: Course, hidden: Results, shown: Results) -> Iterator[Secret]:
    """Yield the lines that runs printed, and that neither the results shown nor the students' code have."""
    texts = (students_script(script).text for script in course.scripts.values())
    printed = (
        output.printed(stream)
        for result in shown.values()
        for output in result.outputs
        for stream in _STREAMS
    )
    read = "\n".join(map(squeezed, (*texts, *printed)))
    for job, result in hidden.items():
        script = course.scripts[course.jobs[job].script]
        lines = Lines(script.path, script.text)
        statements = (statement for unit in script.units for statement in unit.statements)
        for statement, output in zip(statements, result.outputs):
            for row in "\n".join(map(output.printed, _STREAMS)).splitlines():
                line, text = statement.first_line, squeezed(row)
                if len(text) >= _SHORTEST and text not in read:
                    yield Secret(text, script.path, line, lines[line], "result")


def _code(text: str) -> str:
    """Return a script without space and comments, and without texts long enough to quote a solution."""
    kept = []
    with suppress(tokenize.TokenError, SyntaxError):
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            quotes = token.type == tokenize.STRING and len(token.string) > _SHORTEST
            if token.type != tokenize.COMMENT and not quotes:
                kept.append(squeezed(token.string))
    return "".join(kept)


def leaks_in(files: Mapping[str, bytes], secrets: Iterable[Secret]) -> tuple[Leak, ...]:
    """Return the secrets that files hold: in text, pages, PDFs, notebooks, zip files and data of pictures."""
    by_part = _by_part(secrets)
    places: dict[Secret, dict[str, None]] = {}
    for path, data in sorted(files.items()) if by_part else ():
        for text in _texts(path, data):
            for secret in _secrets_in(squeezed(text), by_part):
                places.setdefault(secret, {})[path] = None
    return tuple(Leak(secret, tuple(paths)) for secret, paths in places.items())


def _by_part(secrets: Iterable[Secret]) -> _ByPart:
    """Return secrets by their first parts, each with the place of the part in it.

    Wherever a secret is in a text, one of these parts is at a place that is a multiple of its length.
    """
    by_part: dict[str, list[tuple[Secret, int]]] = {}
    for each in secrets:
        for start in range(_PART):
            by_part.setdefault(each.text[start : start + _PART], []).append((each, start))
    return by_part


def _secrets_in(text: str, by_part: _ByPart) -> Iterator[Secret]:
    for at in range(0, len(text), _PART):
        for secret, start in by_part.get(text[at : at + _PART], ()):
            if start <= at and text.startswith(secret.text, at - start):
                yield secret


def squeezed(text: str) -> str:
    """Return a text without space: how lines are broken and indented differs between formats."""
    return "".join(text.split())


def _solution_lines(scripts: Iterable[Script]) -> Iterator[Secret]:
    for script in scripts:
        lines = Lines(script.path, script.text)
        for solution in script.solutions:
            for number in range(solution.first_line + 1, solution.last_line):
                yield Secret(squeezed(lines[number]), script.path, number, lines[number], "solution")


def _note_lines(decks: Iterable[Deck]) -> Iterator[Secret]:
    for deck in decks:
        lines = Lines(deck.path, deck.text)
        for note in deck.notes:
            text = deck.text[note.start : note.end].removeprefix("<!--").removesuffix("-->")
            first = lines.at(note.start)[0]
            for number, line in enumerate(text.splitlines(), first):
                yield Secret(squeezed(line), deck.path, number, lines[number], "note")


def _texts(path: str, data: bytes) -> Iterator[str]:
    """Yield the texts that a file shows or holds."""
    if path.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield from _texts(name, archive.read(name))
    elif path.endswith(".pdf"):
        yield from _pdf_texts(data)
    elif path.endswith(".ipynb"):
        yield from _strings(json.loads(data))
    elif path.endswith(".html"):
        text = _DATA.sub("", data.decode("utf-8", "replace"))
        yield text
        yield html.unescape(_TAG.sub("", text))
    elif path.endswith(_PICTURES):
        yield from (run.decode("utf-8", "replace") for run in _WRITTEN.findall(data))
    else:
        yield _DATA.sub("", data.decode("utf-8", "replace"))


def _strings(data: object) -> Iterator[str]:
    """Yield the texts in JSON-like data; a list of lines is one text."""
    if isinstance(data, str):
        yield data if len(data) < _LONGEST else ""  # what is longer is a picture
    elif isinstance(data, list) and all(isinstance(each, str) for each in data):
        yield "".join(data)
    else:
        for each in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
            yield from _strings(each)


def _pdf_texts(data: bytes) -> Iterator[str]:
    from pypdf import PdfReader
    from pypdfium2 import PdfDocument  # reads text twenty times as fast

    with closing(PdfDocument(data)) as document:
        yield from (page.get_textpage().get_text_range() for page in document)
    for page in PdfReader(io.BytesIO(data)).pages:
        for annotation in page.get("/Annots") or ():
            yield str(annotation.get_object().get("/Contents", ""))
