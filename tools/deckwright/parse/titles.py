"""Titles of links and images that are references: a value's format, a figure's device, and what varies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from deckwright.frozen import dataclass
from deckwright.model import DEVICES, Diagnostic, Reference, ValuePlace, Variant
from deckwright.parse.values import names_to_vary
from deckwright.text.lines import Lines

_DEVICE = re.compile(r"\s*device:\s*(?P<device>\S*)\s*")
_VARY = re.compile(r"(?:^|(?<=[\s,;]))vary:(?P<names>.*)$", re.DOTALL)
_WITHOUT_STATES = (ValuePlace.BAR, ValuePlace.PROPERTY, ValuePlace.NOTE)
"""Where a value stands that is the same for all states of a slide."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title in parts; None for what it does not say."""

    rest: str
    vary: str | None = None

    @property
    def device(self) -> str | None:
        """The device that the rest names."""
        match = _DEVICE.fullmatch(self.rest)
        return match["device"] if match else None


def read_title(text: str) -> Title:
    """Split a title such as `{:.1%} vary: lr` or `device: cuda, vary: lr`."""
    match = _VARY.search(text)
    return Title(text[: match.start()].rstrip(" \t\n,;"), match["names"]) if match else Title(text)


def with_variant(
    lines: Lines, reference: Reference, device: str | None, vary: str | None
) -> Iterator[Reference | Diagnostic]:
    """Yield a reference with the device and the names that its address or title has, or a diagnostic."""
    if device is not None and device not in DEVICES:
        message = f"'{device}' is not a device"
        yield lines.diagnostic("bad-attribute", message, reference.location, "cpu, cuda or mps")
        return
    if vary is not None and reference.place in _WITHOUT_STATES:
        message = "a value that varies cannot stand here"
        hint = "write it in the text of a slide, which then has a control"
        yield lines.diagnostic("bad-attribute", message, reference.location, hint)
        return
    try:
        names = names_to_vary(vary) if vary is not None else ()
    except ValueError:
        message = f"after 'vary:' there must be names of the script, not '{(vary or '').strip()}'"
        yield lines.diagnostic(
            "bad-attribute", message, reference.location, "such as `vary: lr` or `vary: lr, batch`"
        )
        return
    yield replace(reference, variant=Variant(device) if device else reference.variant, vary=names)
