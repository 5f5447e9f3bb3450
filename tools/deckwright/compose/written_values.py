"""The text of a value as it is written where it stands: whatever it holds, it is no markup there."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from deckwright.compose.escape import closing_directions, escape_alt, escape_value, marks_of, one_line
from deckwright.model import Deck, Reference, ValuePlace
from deckwright.text.value_links import LABEL, NO_MARK, words_of

_MARK = re.compile(r"[^\w ]|_")
"""What could be markup in Markdown, HTML or YAML; a reference to its code is none in any of them."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_STYLE = re.compile(r"[ \t]*(?:<!--+[ \t]*)?_?\w+[ \t]*:[ \t]*([\"']?)")
"""The key in front of a value in YAML, and its quote."""

_PLAIN = re.compile(r"[\w ,.%+-]*")
_SHORT_CODE = re.compile(r"(&#58;[\w+&#;-]+?)(?=&#58;)")
"""What stands before the second colon of `:smile:`, which Marp would draw."""


def written_value(deck: Deck, reference: Reference, text: str) -> str:
    """Return the text of a value for where its reference stands."""
    if reference.place is ValuePlace.TEXT:
        before, after = deck.text[: reference.start][-1:], deck.text[reference.end :][:1]
        return escape_value(text, marks_of(reference.label, text), before, after)
    return _WRITERS[reference.place](deck, reference, text)


def accepted_label(deck: Deck, reference: Reference, text: str) -> str:
    """Return the text of a value for the label of its link, outside of the text of slides.

    Empty for a text that cannot be read again there: without a label, the value is shown as it is now.
    """
    label = text if _PLAIN.fullmatch(text) else written_value(deck, reference, text)
    is_read = LABEL.fullmatch(label) and words_of(label, reference.place) == text
    return label if is_read else ""


def _coded(text: str) -> str:
    """Return a text for HTML and for Markdown in YAML. A change of direction ends with it."""
    whole = _CONTROL.sub("\ufffd", one_line(text))
    coded = _MARK.sub(lambda match: f"&#{ord(match[0])};", whole + closing_directions(whole)) or "&#8203;"
    return _SHORT_CODE.sub(r"\1&#8203;", coded)


def _bar(_deck: Deck, reference: Reference, text: str) -> str:
    marks = marks_of(reference.label, text).rstrip("`")
    return f"{marks}{_coded(text)}{marks[::-1]}"


def _property(deck: Deck, reference: Reference, text: str) -> str:
    line = deck.text.rfind("\n", 0, reference.start) + 1
    match = _STYLE.match(deck.text, line, reference.start)
    text = _CONTROL.sub("\ufffd", one_line(text))
    if match and match[1] == "'":
        return text.replace("'", "''")
    if match:  # Marp puts quotes around a text that has none, and escapes those in it
        text = text.replace("\\", "\\\\")
        return text.replace('"', '\\"') if match[1] else text
    return text


def _note(_deck: Deck, _reference: Reference, text: str) -> str:
    """Return a text that neither ends a comment nor makes directives of it."""
    text = _CONTROL.sub("\ufffd", one_line(text))
    return re.sub(r"(?<=-)(?=[->])", NO_MARK, text).replace(":", f"{NO_MARK}:{NO_MARK}")


_WRITERS: Mapping[ValuePlace, Callable[[Deck, Reference, str], str]] = {
    ValuePlace.BAR: _bar,
    ValuePlace.HTML: lambda deck, reference, text: _coded(text),
    ValuePlace.ALT: lambda deck, reference, text: escape_alt(text),
    ValuePlace.PROPERTY: _property,
    ValuePlace.NOTE: _note,
}
