"""The what-if controls of slides, from the references on them that vary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from deckwright.model import Control, Diagnostic, Reference, Script, count_states
from deckwright.model.control import MOST_STATES
from deckwright.text.lines import Lines
from deckwright.text.suggest import did_you_mean

Varying = Sequence[tuple[Reference, Script]]
"""References that vary, each with its script."""


def own_controls(reference: Reference, script: Script) -> tuple[Control, ...]:
    """Return the controls that change what a reference shows."""
    return tuple(script.controls[name] for name in reference.vary if name in script.controls)


def slide_controls(varying: Varying) -> Mapping[int, tuple[Control, ...]]:
    """Return the controls of each slide that has some: one for each name, in the order of first mention."""
    found: dict[int, dict[str, Control]] = {}
    for reference, script in varying:
        of_slide = found.setdefault(reference.slide, {})
        for control in own_controls(reference, script):
            of_slide.setdefault(control.name, control)
    return {slide: tuple(controls.values()) for slide, controls in found.items() if controls}


def control_diagnostics(varying: Varying, lines: Lines) -> Iterator[Diagnostic]:
    """Yield what keeps slides from having the controls that their references ask for."""
    controls = slide_controls(varying)
    too_many: set[int] = set()
    for reference, script in varying:
        yield from _unknown_names(reference, script, lines)
        on_slide = {control.name: control for control in controls.get(reference.slide, ())}
        yield from _conflicts(reference, script, on_slide, lines)
        count = count_states(tuple(on_slide.values()))
        if count > MOST_STATES and reference.slide not in too_many:
            too_many.add(reference.slide)
            sizes = " × ".join(f"{len(each.values)} of {each.name}" for each in on_slide.values())
            message = (
                f"slide {reference.slide} has {count} states: {sizes}; at most {MOST_STATES} are possible"
            )
            hint = "list fewer values, or show the names on slides of their own"
            yield lines.diagnostic("bad-attribute", message, reference.location, hint)


def _unknown_names(reference: Reference, script: Script, lines: Lines) -> Iterator[Diagnostic]:
    if script.diagnostics:  # its table may be what is wrong
        return
    for name in reference.vary:
        if name not in script.controls:
            message = f"{script.path} lists no values of '{name}' that could be chosen"
            otherwise = f"write {name} = [0.1, 1.0] in a table [tool.deckwright.vary] of the script"
            hint = did_you_mean(name, sorted(script.controls), otherwise)
            yield lines.diagnostic("bad-attribute", message, reference.location, hint)


def _conflicts(
    reference: Reference, script: Script, on_slide: Mapping[str, Control], lines: Lines
) -> Iterator[Diagnostic]:
    for control in own_controls(reference, script):
        other = on_slide[control.name]
        if control != other:
            what = "other values" if control.values != other.values else "another value by itself"
            message = f"{script.path} has {what} of '{control.name}' than another script on this slide"
            hint = "one control changes both: list the same values in both scripts, and set the same one"
            yield lines.diagnostic("bad-attribute", message, reference.location, hint)


def variations(controls: Iterable[Control]) -> tuple[Control, ...]:
    """Return controls as long as a slide may have all of their states; none otherwise."""
    every = tuple(controls)
    return every if count_states(every) <= MOST_STATES else ()
