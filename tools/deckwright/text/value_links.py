"""Links to values in texts that are not parsed as Markdown."""

from __future__ import annotations

import html
import re

from deckwright.model import ValuePlace

NO_MARK = "\u200b"
"""A space without width, which keeps characters of a note from being markup."""

LABEL = re.compile(r"(?:[^\[\]\n]|\[[^\[\]\n]{0,200}\]){0,1000}")
"""The words of a link, perhaps with brackets in them."""

LINK = re.compile(
    rf"\[(?P<label>{LABEL.pattern})\]"
    r"\((?P<angle><)?(?P<address>[^\s()<>]{1,400}?\.py#[^\s()<>]{1,200}?)(?(angle)>)"
    r"(?:\s+(?P<quote>\\?[\"'])(?P<format>[^\"'\n\\]{0,200})(?P=quote))?\s*\)"
)


def without_links(text: str) -> str:
    """Return a text with the words of each link to a value in place of the link."""
    return LINK.sub(lambda match: match["label"], text)


def words_of(label: str, place: ValuePlace) -> str:
    """Return what a label says, without its emphasis and what keeps its text from being markup."""
    if place in (ValuePlace.PROPERTY, ValuePlace.NOTE):
        return label.replace(NO_MARK, "") if place is ValuePlace.NOTE else label
    if place is ValuePlace.ALT:
        return html.unescape(label)
    return html.unescape(label.strip("*_~`") if place is ValuePlace.BAR else label).replace(NO_MARK, "")
