"""Rules of style sheets that make texts pale: each is reported once, with the colour that corrects it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field

from deckwright.frozen import dataclass
from deckwright.model import Cause, ColourRule, Deck, Ground, SlideDiagnostic

_STEPS = 50
_MARGIN = 1.03
"""So much more contrast than is needed, for colours that browsers round."""


@dataclass(frozen=True, slots=True)
class PaleRules:
    """The rules that make texts of some decks pale, by the style sheet that they are in."""

    fixes: Mapping[str, str] = field(default_factory=dict)
    """By the name of a style sheet, the CSS that corrects all of its rules."""

    def cause(self, deck: Deck, measurement: SlideDiagnostic) -> Cause | None:
        """Return what makes a text pale; None for a colour of its own."""
        if measurement.rule is None:
            return None
        sheet = _sheet(deck, measurement.rule)
        return Cause(
            sheet, f"{measurement.rule.selector} has {measurement.message}", self.fixes.get(sheet, "")
        )


def pale_rules(measured: Iterable[tuple[Deck, Iterable[SlideDiagnostic]]]) -> PaleRules:
    """Return the rules of all decks that were measured."""
    sheets: dict[str, dict[str, list[ColourRule]]] = {}
    for deck, diagnostics in measured:
        for rule in (each.rule for each in diagnostics if each.rule):
            sheets.setdefault(_sheet(deck, rule), {}).setdefault(rule.selector, []).append(rule)
    fixes = {sheet: _fix(map(_corrected, rules.values())) for sheet, rules in sheets.items()}
    return PaleRules({sheet: fix for sheet, fix in fixes.items() if fix})


def legible(colour: str, grounds: Iterable[Ground]) -> str:
    """Return the nearest darker or lighter colour that is legible on all grounds; empty if there is none."""
    needed = [(_luminance(_channels(each.colour)), each.least * _MARGIN) for each in grounds]
    ink = _channels(colour)
    for step in range(1, _STEPS + 1):
        for end in (0, 255):
            mixed = tuple(round(value + (end - value) * step / _STEPS) for value in ink)
            if all(_contrast(_luminance(mixed), ground) >= least for ground, least in needed):
                return "#" + "".join(f"{value:02x}" for value in mixed)
    return ""


def _sheet(deck: Deck, rule: ColourRule) -> str:
    """Return the name of the style sheet that a rule is in: the deck's own, or its theme."""
    own = re.search(rf"(?<![\w-]){re.escape(rule.selector)}\s*[,{{]", deck.text)
    return f"the style of {deck.path}" if own else f"theme {rule.theme}"


def _corrected(rules: list[ColourRule]) -> str:
    first = rules[0]
    colour = legible(first.colour, [ground for rule in rules for ground in rule.grounds])
    important = " !important" if first.important else ""
    return f"{first.selector} {{ color: {colour}{important} }}" if colour else ""


def _fix(rules: Iterable[str]) -> str:
    lines = "".join(f"\n  {rule}" for rule in sorted(filter(None, rules)))
    return (
        f"write into the front matter, or only these rules into the theme:\nstyle: |{lines}" if lines else ""
    )


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def _luminance(channels: tuple[int, ...]) -> float:
    """Return the luminance of a colour, as WCAG 2 defines it."""
    shares = (value / 255 for value in channels)
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _contrast(first: float, second: float) -> float:
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)
