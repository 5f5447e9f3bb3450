"""The fences of a deck that matter to its program: Python, and what may be shown output."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from markdown_it.token import Token

from deckwright.lines import Lines
from deckwright.model import Deck, Location, Slide
from deckwright.parse.fence import PYTHON, Info, parse_info
from deckwright.parse.markdown import markdown
from deckwright.parse.slides import slide_at

_MARKER = re.compile(r"`{3,}|~{3,}")
_LIST_MARKER = re.compile(r"[-+*](?=\s)|\d+[.)](?=\s)")
_PLAIN = frozenset({"", "text", "txt", "plain", "plaintext", "console", "output", "out", "stdout"})
_OURS = frozenset({"file", "output", "exec"})


class Verdict(StrEnum):
    """What becomes of a Python fence."""

    RUNS = "runs"
    TEACHES = "teaches"
    """It runs, and raises what it teaches."""
    FAILS = "fails"
    """It would be part of the program, but does not run."""
    APART = "apart"
    """It is no program: a session, a fragment, pseudo-code."""


@dataclass(frozen=True, slots=True)
class Fence:
    """A fence as it stands in the deck."""

    line: int
    """Of its opening."""
    end: int
    """Its last line."""
    info: Info
    info_text: str
    info_start: int
    """Offset of the info string."""
    body: str
    body_start: int
    """Offset of the line below the opening."""
    prefix: str
    """What stands before each of its lines, inside a list or a quote."""
    slide: Slide

    @property
    def first(self) -> int:
        """The first line of the body."""
        return self.line + 1

    @property
    def code(self) -> str:
        """The body without what Markdown puts around it."""
        return self.body.rstrip("\n")

    @property
    def is_python(self) -> bool:
        """Whether it is marked as Python, and not as somebody else's (`file=`)."""
        return self.info.language.lower() in PYTHON and "file" not in self.info.attributes

    @property
    def runs(self) -> bool:
        """Whether its author has marked it so."""
        return self.info.language in PYTHON and "exec" in self.info.attributes

    @property
    def may_be_output(self) -> bool:
        language, attributes = self.info.language, self.info.attributes.keys()
        return language.lower() in _PLAIN and bool(language or not self.info_text) and not _OURS & attributes

    @property
    def shows_above(self) -> bool:
        """Whether its author has marked it as the output of the fence above that runs."""
        found = self.info.attributes.get("output")
        return found is not None and found.value is None

    @property
    def excuse(self) -> str:
        """Why it is not run, as its author says."""
        return self.info.display.no_exec

    def place(self, lines: Lines, line: int, column: int, length: int = 1) -> Location:
        """Return where line and column of the body (both from 1) stand in the deck."""
        number = self.line + line
        body = self.body.split("\n")[line - 1 : line]
        indent = len(lines[number]) - len(body[0]) if body and lines[number].endswith(body[0]) else 0
        return lines.location(number, indent + column, length)


def read_fences(deck: Deck) -> tuple[Fence, ...]:
    """Return the deck's Python fences, and those that may show output, in order."""
    return tuple(fence for fence in _all_fences(deck) if fence.is_python or fence.may_be_output)


def other_fences(deck: Deck) -> Iterator[Fence]:
    """Yield those that are neither Python nor ours."""
    return (f for f in _all_fences(deck) if not f.is_python and not _OURS & f.info.attributes.keys())


def marked_outputs(deck: Deck) -> tuple[Fence, ...]:
    """Return the fences of an adopted deck that show what a fence above them printed, in order."""
    return tuple(fence for fence in _all_fences(deck) if fence.shows_above)


def output_of(deck: Deck, code: Fence, fences: tuple[Fence, ...]) -> tuple[Fence, str] | None:
    """Return the fence right below some code that may show its output, and the label between them."""
    following = next((fence for fence in fences if fence.line > code.end), None)
    if following is None or not following.may_be_output or following.slide != code.slide:
        return None
    lines = Lines(deck.path, deck.text)
    between = [row for n in range(code.end + 1, following.line) if (row := _shown(lines[n]))]
    if len(between) > 1 or any(len(row) > _LONGEST_LABEL for row in between):
        return None
    return following, "".join(between)


_LONGEST_LABEL = 40


def _shown(row: str) -> str:
    """Return a line without tags and markup."""
    return re.sub(r"<[^>]*>", "", row).strip(" \t>*_#:：-")


def is_output_label(label: str) -> bool:
    return bool(_LABEL.match(label))


_LABEL = re.compile(
    r"(输出|运行结果|结果|打印|out\s*\[\s*\d*\s*\]|outputs?\b|results?\b|prints?\b|stdout\b)", re.IGNORECASE
)


def _all_fences(deck: Deck) -> Iterator[Fence]:
    lines = Lines(deck.path, deck.text)
    tokens = markdown().parse(deck.text.removeprefix("\ufeff"))
    return (_fence(deck, lines, token) for token in tokens if token.type == "fence")


def _fence(deck: Deck, lines: Lines, token: Token) -> Fence:
    assert token.map
    first, last = token.map[0] + 1, token.map[1]
    opening = lines[first]
    marker = _MARKER.search(opening)
    after = marker.end() if marker else len(opening)
    raw = opening[after:]
    text = raw.strip()
    start = after + (raw.index(text) if text else 0)
    prefix = opening[: marker.start()] if marker else ""
    return Fence(
        line=first,
        end=last,
        info=parse_info(text),
        info_text=text,
        info_start=lines.start(first) + start,
        body=token.content,
        body_start=lines.start(first + 1),
        prefix=_LIST_MARKER.sub(lambda m: " " * len(m[0]), prefix.removeprefix("\ufeff")),
        slide=deck.slides[slide_at(deck.slides, first) - 1],
    )


def python_fences(fences: tuple[Fence, ...]) -> Iterator[Fence]:
    """Yield those that are, or could be, part of the program."""
    return (fence for fence in fences if fence.is_python and fence.code.strip())
