"""Text -> Markdown that shows just that text: no output can open a slide, a fence or a tag."""

from __future__ import annotations

import re
from collections.abc import Callable

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{}~])")
_SPACES = re.compile(r"[ \t\n\r\f\v]+")
_RUNS = re.compile(r"`+|~+")
_MARKS = re.compile(r"[*_~]*`*")
_APART = "<!-- prettier-ignore -->"
"""Keeps apart what Markdown would read together. Marp takes it for no note and leaves no trace of it,
even where HTML is turned off; the spaces end every address."""

_EMOJI = re.compile(r"(?<=[\w+-])(?=\\:)")
"""Where `smile` meets the second colon: escaped or not, Marp would draw it."""

_BLANK_ENDS = re.compile(r"\A[\s\ufeff]+|[\s\ufeff]+\Z")
"""What is trimmed off a paragraph."""

_LETTER = re.compile(r"\A[A-Za-z]")
"""In `<b [x](y) c>` it would begin the name of an attribute."""

_WORD = re.compile(r"(?<![^\s\ufeff])[A-Za-z0-9]")
"""How a word begins."""

_TURNS = {
    **dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"),
    **dict.fromkeys("\u2066\u2067\u2068", "\u2069"),
}
_NO_CODE = re.compile(r"[`|$\\]")


def one_line(text: str) -> str:
    """Return a text as HTML shows it in a paragraph: every run of white space one space."""
    return _SPACES.sub(" ", text).strip(" ")


def escape_inline(text: str) -> str:
    """Return a text for a paragraph, a heading or a table cell, on one line."""
    # Above a row of dashes even an escaped pipe would make a table.
    escaped = _PUNCTUATION.sub(r"\\\1", one_line(text)).replace("|", "&#124;")
    return _EMOJI.sub(_APART, escaped)


def escape_alt(text: str) -> str:
    """Return a text for the alternative text of a picture, where Marp takes `bg` or `blur` for settings."""
    return _WORD.sub(_entities, _PUNCTUATION.sub(r"\\\1", one_line(text)))


def harmless(text: str, marks: str, before: str, after: str) -> str:
    """Return a text, escaped and between emphasis marks, so that with its neighbours it opens nothing.

    `1` before a full stop would open a list, `b` between angles a tag, `smile` between colons an emoji,
    and an empty text lets what follows stand first. A direction that the text turns ends with it.
    """
    shown = marked(text + turned_back(text), marks.replace("_", "*"), escape_inline) or "&#8203;"
    shown = _LETTER.sub(_entities, _BLANK_ENDS.sub(_entities, shown))
    if shown.startswith("`--"):  # in a list on a deck's first line, Marp would take that for front matter
        shown = f"`` {shown[1:-1]} ``"
    # Behind an angle, which may be a quote's, a comment would begin a block; nothing reaches beyond it.
    apart = _APART if before != ">" and _touches(before, shown[0]) else ""
    return apart + shown + (_APART if _touches(after, shown[-1]) else "")


def _touches(neighbour: str, edge: str) -> bool:
    """Whether Markdown could read a text and its neighbour together.

    It knows no emphasis between a percent sign and a Chinese character, for example.
    """
    return bool(neighbour.strip()) and (neighbour.isascii() or edge in "*~")


def _entities(found: re.Match[str]) -> str:
    return "".join(f"&#{ord(char)};" for char in found[0])


def turned_back(text: str) -> str:
    """Return what ends the directions of writing that a text leaves open."""
    ends: list[str] = []
    for char in text:
        if char in _TURNS:
            ends.append(_TURNS[char])
        elif char in ends:
            del ends[len(ends) - 1 - ends[::-1].index(char) :]
    return "".join(reversed(ends))


def marks_of(label: str, text: str) -> str:
    """Return the emphasis around a link's label (`**` of `**97%**`) that another text can have, too."""
    match = _MARKS.match(label)
    marks = match[0] if match else ""
    if not text or text != text.strip() or len(label) < 2 * len(marks) or not label.endswith(marks[::-1]):
        return ""
    return marks.rstrip("`") if _NO_CODE.search(text) else marks


def marked(text: str, marks: str, escape: Callable[[str], str]) -> str:
    """Return an escaped text between emphasis marks."""
    return f"{marks}{text if marks.endswith('`') else escape(text)}{marks[::-1]}"


def fence_for(body: str, marker: str = "```") -> str:
    """Return a fence marker that nothing in the body can close."""
    runs = [len(run) for run in _RUNS.findall(body) if run[0] == marker[0]]
    return marker[0] * max([len(marker), *(run + 1 for run in runs)])


def fence(info: str, body: str, marker: str, first: str, prefix: str, newline: str) -> str:
    """Return a whole fence, without the last line's end.

    `first` stands before the opening line, `prefix` before each further one (inside a list or
    a quote).
    """
    marker = fence_for(body, marker)
    rows = body.split("\n") if body else []
    return indented([f"{marker}{info}", *rows, marker], first, prefix, newline)


def indented(rows: list[str], first: str, prefix: str, newline: str) -> str:
    """Return rows inside a list or a quote: `first` before the first, `prefix` before the others."""
    rest = [prefix + row if row else prefix.rstrip() for row in rows[1:]]
    return newline.join([first + rows[0], *rest])
