"""What Marp does with the text of a deck that its author may not want."""

from __future__ import annotations

from enum import StrEnum

from deckwright.frozen import dataclass
from deckwright.model import Cause, PageDiagnostic

_LONGEST = 40
"""How much of a formula a message has."""


class NoticeKind(StrEnum):
    FORMULA = "formula"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Notice:
    """One of them, as the Node process gives it."""

    kind: NoticeKind
    message: str
    """What the engine says of a formula; what Marp does to a tag."""
    text: str
    """The formula or the tag as it is written."""
    line: int
    """Line of the expanded deck; 0 in headers and footers."""


def diagnostic_of(notice: Notice) -> PageDiagnostic:
    """Return a notice as a diagnostic."""
    if notice.kind is NoticeKind.FORMULA:
        message = f"this formula cannot be shown: {notice.message}"
        cause = Cause(_shortened(notice.text), message)
        return PageDiagnostic("broken-formula", message, notice.text, notice.line, cause=cause)
    cause = Cause("raw HTML", notice.message)
    return PageDiagnostic("refused-html", notice.message, notice.text, notice.line, cause=cause)


def _shortened(formula: str) -> str:
    text = " ".join(formula.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
