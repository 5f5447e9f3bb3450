"""Text -> Markdown that shows exactly that text: no output can open a slide, a fence or a tag."""

from __future__ import annotations

import re
from collections.abc import Callable

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{}~])")
_SPACES = re.compile(r"[ \t\n\r\f\v]+")
_MARKS = re.compile(r"[*_~]*`*")
APART = "<!-- prettier-ignore -->"
"""Separates what Markdown would parse together. Marp removes it, even if HTML is turned off, and does not
take it for a note; its spaces end every address."""

_EMOJI = re.compile(r"(?<=[\w+-])(?=\\:)")
"""The place before the second colon of `:smile:`, which Marp would draw, escaped or not."""

_BLANK_ENDS = re.compile(r"\A[\s\ufeff]+|[\s\ufeff]+\Z")
"""What Markdown trims off a paragraph or a table cell."""

_LETTER = re.compile(r"\A[A-Za-z]")
"""What would begin the name of an attribute in `<b [x](y) c>`."""

_WORD = re.compile(r"(?<![^\s\ufeff])[A-Za-z0-9]")
"""The first letter of a word."""

_IN_ALT = re.compile(f"{_PUNCTUATION.pattern}|{_WORD.pattern}")
"""What is written as six hexadecimal digits: markdown-it leaves out what is escaped in an alternative text,
but our plug-in keeps these. A plain deck stays as marp-cli renders it."""

_TURNS = {
    **dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"),
    **dict.fromkeys("\u2066\u2067\u2068", "\u2069"),
}
_NO_CODE = re.compile(r"[`|$\\]")


def one_line(text: str) -> str:
    """Return a text as HTML shows it in a paragraph, with one space for each run of white space."""
    return _SPACES.sub(" ", text).strip(" ")


def escape_inline(text: str) -> str:
    """Return a text for a paragraph or a heading, on one line."""
    # Above a row of dashes, even an escaped pipe makes a table.
    escaped = _PUNCTUATION.sub(r"\\\1", one_line(text)).replace("|", "&#124;")
    return _EMOJI.sub(APART, escaped)


def escape_cell(text: str) -> str:
    """Return a text for a table cell, whose ends Markdown trims."""
    return _BLANK_ENDS.sub(_entities, escape_inline(text))


def escape_alt(text: str) -> str:
    """Return a text for the alternative text of a picture, where Marp takes `bg` or `blur` for settings."""
    return _IN_ALT.sub(lambda match: f"&#x{ord(match[0]):06x};", one_line(text))


def escape_value(text: str, marks: str, before: str, after: str) -> str:
    """Return a text, escaped and between emphasis marks, that is no markup with its neighbours either.

    `1` before a full stop would open a list, `b` between angles a tag, `smile` between colons an emoji;
    after an empty text, what follows could open a block. A change of direction ends with the text.
    """
    shown = marked(text + closing_directions(text), marks.replace("_", "*"), escape_inline) or "&#8203;"
    shown = _LETTER.sub(_entities, _BLANK_ENDS.sub(_entities, shown))
    if shown.startswith("`--"):  # in a list on a deck's first line, Marp takes that for front matter
        shown = f"`` {shown[1:-1]} ``"
    # After an angle, which may be a quote's, a comment would begin a block; no markup spans an angle.
    apart = APART if before != ">" and _touches(before, shown[0]) else ""
    return apart + shown + (APART if _touches(after, shown[-1]) else "")


def _touches(neighbour: str, edge: str) -> bool:
    """Whether Markdown could parse a text and its neighbour together.

    Between a percent sign and a Chinese character, for example, there is no emphasis.
    """
    return bool(neighbour.strip()) and (neighbour.isascii() or edge in "*~")


def _entities(match: re.Match[str]) -> str:
    return "".join(f"&#{ord(char)};" for char in match[0])


def closing_directions(text: str) -> str:
    """Return the characters that end the directions of writing that a text leaves open."""
    ends: list[str] = []
    for char in text:
        if char in _TURNS:
            ends.append(_TURNS[char])
        elif char in ends:
            del ends[len(ends) - 1 - ends[::-1].index(char) :]
    return "".join(reversed(ends))


def marks_of(label: str, text: str) -> str:
    """Return the emphasis around a link's label (`**` of `**97%**`), if another text can have it, too."""
    match = _MARKS.match(label)
    marks = match[0] if match else ""
    if not text or text != text.strip() or len(label) < 2 * len(marks) or not label.endswith(marks[::-1]):
        return ""
    return marks.rstrip("`") if _NO_CODE.search(text) else marks


def marked(text: str, marks: str, escape: Callable[[str], str]) -> str:
    """Return an escaped text between emphasis marks."""
    return f"{marks}{text if marks.endswith('`') else escape(text)}{marks[::-1]}"
