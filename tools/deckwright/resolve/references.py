"""Code, outputs and values: which script a reference means, and whether that has what is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from deckwright.model import Diagnostic, FenceOf, Kind, Reference, RegionOf, Script, ValueOf
from deckwright.text.fences import chosen_lines, code_of
from deckwright.text.paths import COPY_INSIDE, is_outside
from deckwright.text.suggest import did_you_mean


@dataclass(frozen=True, slots=True)
class ReferenceResolver:
    """Finds scripts, and what references name in them; `known` are the paths of all there are."""

    scripts: Mapping[str, Script]
    known: Sequence[str]
    exists: Callable[[str], bool]

    def script(self, reference: Reference, source: str) -> Script | Diagnostic | None:
        """Return the script that a reference means, or what is wrong; None for one that is told elsewhere."""
        path = reference.target.path
        script = self.scripts.get(path)
        if script and (path.endswith(".py") or reference.kind is not Kind.CODE):
            return script
        if is_outside(path):
            message = f"{path} lies outside of the project"
            return _wrong("missing-script", message, reference, source, COPY_INSIDE)
        if not path.endswith(".py"):
            hint = "name a .py file" + ("" if "." in path else '; with a space in its name: file="a b.py"')
            return _wrong("missing-script", f"{path} is not a Python file", reference, source, hint)
        if not self.exists(path):
            hint = did_you_mean(path, self.known)
            return _wrong("missing-script", f"no file {path}", reference, source, hint)
        return None


def reference_diagnostics(script: Script, reference: Reference, source: str) -> Iterator[Diagnostic]:
    """Yield what a reference names and its script does not have; `source` is its line of the deck."""
    if any(wrong.slug == "syntax-error" for wrong in script.diagnostics):
        return
    match reference.target:
        case ValueOf() as value:
            yield from _judge_value(script, value, reference, source)
        case RegionOf() as region:
            yield from _judge_region(script, region, reference, source)
        case FenceOf() if reference.kind is Kind.EXEC:
            yield from _judge_lines(script, reference, source)


def _judge_value(script: Script, value: ValueOf, reference: Reference, source: str) -> Iterator[Diagnostic]:
    name = re.split(r"[.\[]", value.name)[0]
    if script.names is not None and name not in script.names:
        hint = did_you_mean(name, sorted(script.names), "assign it at the script's top level")
        message = f"{script.path} has no top-level name '{name}'"
        yield _wrong("missing-value", message, reference, source, hint)


def _judge_region(
    script: Script, target: RegionOf, reference: Reference, source: str
) -> Iterator[Diagnostic]:
    region = script.regions.get(target.name)
    if region is None and target.name in script.unclosed:
        return  # that it has no end is told
    if region is None:
        names = [name for name in script.regions if name]
        hint = did_you_mean(target.name, names, _known_regions(names))
        message = f"{script.path} has no region or cell '{target.name}'"
        yield _wrong("missing-region", message, reference, source, hint)
    elif reference.kind is Kind.CODE:
        yield from _judge_lines(script, reference, source)
    elif region.first_statement == region.end_statement:
        message = f"region '{target.name}' of {script.path} holds no top-level statement"
        hint = "name the region whose statements print"
        yield _wrong("region-without-output", message, reference, source, hint)


def _judge_lines(script: Script, reference: Reference, source: str) -> Iterator[Diagnostic]:
    """Yield the lines that a fence chooses or highlights and that are not there."""
    display = reference.display
    code = code_of(reference, script)
    wishes = (
        (display.lines, code, r"(?<![-\w])lines=\S+"),
        ("|".join(display.highlight), chosen_lines(code, display), r"\{[^{}]*\}"),
    )
    for wish, shown, pattern in wishes:
        last = max(map(int, re.findall(r"[0-9]+", wish)), default=0)
        count = shown.count("\n") + 1
        if last > count:
            match = re.search(pattern, source)
            start, end = match.span() if match else (0, 1)
            place = replace(reference.location, column=start + 1, length=end - start)
            message = f"there is no line {last}: the code has {count}"
            yield Diagnostic("bad-attribute", message, place, source)


def _known_regions(names: Sequence[str]) -> str:
    if not names:
        return "mark it with '# region NAME' … '# endregion NAME'"
    return f"it has {', '.join(names)}"


def _wrong(slug: str, message: str, reference: Reference, source: str, hint: str) -> Diagnostic:
    return Diagnostic(slug, message, reference.location, source, hint)
