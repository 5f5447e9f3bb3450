"""The scripts of references to code, outputs and values, and diagnostics for what they lack."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace

from deckwright.frozen import dataclass
from deckwright.model import (
    Diagnostic,
    DiagramSource,
    FenceOf,
    Kind,
    Reference,
    RegionOf,
    Script,
    ValueOf,
    value_path,
)
from deckwright.resolve.flipbooks import flipbook_diagnostics
from deckwright.text.fences import chosen_lines, code_of
from deckwright.text.lines import Lines
from deckwright.text.paths import COPY_INSIDE, COPY_OR_ALLOW, how_outside, is_outside
from deckwright.text.suggest import did_you_mean
from deckwright.text.syntax import module_names

Unquotable = tuple[str, str]
"""Why a file cannot be on a slide, and what to do."""

NOTHING: Mapping[str, Unquotable] = {}
NO_DIAGRAMS: Mapping[str, DiagramSource] = {}


@dataclass(frozen=True, slots=True)
class Sources:
    """What references can name: parsed files, the paths of all scripts, and which files pages may get."""

    scripts: Mapping[str, Script]
    known: Sequence[str]
    exists: Callable[[str], bool]
    is_inside: Callable[[str], bool]
    unquotable: Mapping[str, Unquotable]
    diagrams: Mapping[str, DiagramSource] = field(default_factory=dict)

    def script(self, reference: Reference, lines: Lines) -> Script | Diagnostic | None:
        """Return a reference's script, or a diagnostic; None if the script has a diagnostic of its own."""
        path = reference.target.path
        script = self.scripts.get(path)
        is_code = reference.kind is Kind.CODE
        is_foreign_script = is_outside(path) and path.endswith(".py")
        if is_foreign_script or not self.is_inside(path):
            hint = COPY_INSIDE if is_foreign_script else COPY_OR_ALLOW
            message = f"{path} {how_outside(path)}"
            return lines.diagnostic("outside-project", message, reference.location, hint)
        if script and bool(script.units) == (path.endswith(".py") or not is_code):
            return script
        if is_code and path in self.unquotable:
            problem, hint = self.unquotable[path]
            return lines.diagnostic("not-text", f"{path} {problem}", reference.location, hint)
        if is_code and script:
            message = f"{path} has exec fences, and is shown where they are"
            hint = "copy what this slide shows into a file of its own"
            return lines.diagnostic("missing-script", message, reference.location, hint)
        if not path.endswith(".py") and not (is_code and "." in path):
            hint = "name a .py file" + ("" if "." in path else '; with a space in its name: file="a b.py"')
            message = f"{path} is not a Python file"
            return lines.diagnostic("missing-script", message, reference.location, hint)
        if not self.exists(path):
            hint = did_you_mean(path, self.known) if path.endswith(".py") else ""
            return lines.diagnostic("missing-script", f"no file {path}", reference.location, hint)
        return None


def reference_diagnostics(script: Script, reference: Reference, lines: Lines) -> Iterator[Diagnostic]:
    """Yield diagnostics for what a reference names and its script does not have."""
    if any(diagnostic.slug == "syntax-error" for diagnostic in script.diagnostics):
        return
    match reference.target:
        case ValueOf() as value:
            yield from _value_diagnostics(script, value, reference, lines)
        case RegionOf() as region:
            yield from _region_diagnostics(script, region, reference, lines)
        case FenceOf() if reference.kind is Kind.EXEC:
            yield from _line_diagnostics(script, reference, lines)


def _value_diagnostics(
    script: Script, value: ValueOf, reference: Reference, lines: Lines
) -> Iterator[Diagnostic]:
    name = next(iter(value_path(value.name)), "")
    if script.names is not None and name not in script.names:
        hint = did_you_mean(
            name, sorted(script.names - module_names(script.text)), "assign it at the script's top level"
        )
        message = f"{script.path} has no top-level name '{name}'"
        yield lines.diagnostic("missing-value", message, reference.location, hint)


def _region_diagnostics(
    script: Script, target: RegionOf, reference: Reference, lines: Lines
) -> Iterator[Diagnostic]:
    region = script.regions.get(target.name)
    if region is None and target.name in script.unclosed:
        return  # the script has a diagnostic
    if region is None:
        names = [name for name in script.regions if name]
        mark = "mark it with '# region NAME' … '# endregion NAME'"
        mark += "" if script.units else " in comments of its language, or choose lines=1-9"
        known = f"it has {', '.join(names)}" if names else mark
        hint = did_you_mean(target.name, names, known)
        message = f"{script.path} has no region or cell '{target.name}'"
        yield lines.diagnostic("missing-region", message, reference.location, hint)
    elif reference.kind is Kind.CODE:
        yield from _line_diagnostics(script, reference, lines)
    elif reference.display.rank >= script.options.nproc:
        last = script.options.nproc - 1
        known = f"ranks 0 to {last}" if last else "one process (set `nproc` in its [tool.deckwright] table)"
        message = f"there is no rank {reference.display.rank}: {script.path} has {known}"
        yield lines.diagnostic("bad-attribute", message, reference.location)
    elif region.first_statement == region.end_statement:
        message = f"region '{target.name}' of {script.path} holds no top-level statement"
        hint = "name the region whose statements print"
        yield lines.diagnostic("region-without-output", message, reference.location, hint)


def _line_diagnostics(script: Script, reference: Reference, lines: Lines) -> Iterator[Diagnostic]:
    """Yield diagnostics for lines that a fence chooses or highlights and its code does not have."""
    display = reference.display
    code = code_of(reference, script)
    if display.flipbook:
        yield from flipbook_diagnostics(reference, script, lines)
    choices = (
        (display.lines, code, r"(?<![-\w])lines=\S+"),
        ("|".join(display.highlight), chosen_lines(code, display), r"\{[^{}]*\}"),
    )
    for numbers, shown, pattern in choices:
        last = max(map(int, re.findall(r"[0-9]+", numbers)), default=0)
        count = shown.count("\n") + 1
        if last > count:
            match = re.search(pattern, lines[reference.location.line])
            start, end = match.span() if match else (0, 1)
            place = replace(reference.location, column=start + 1, length=end - start)
            message = f"there is no line {last}: the code has {count}"
            yield lines.diagnostic("bad-attribute", message, place)
