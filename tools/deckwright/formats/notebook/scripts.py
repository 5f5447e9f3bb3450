"""The scripts that a lecture shows, each with its run: what the code cells of notebooks are made of."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from deckwright.formats.format import Lecture
from deckwright.formats.notebook.cells import code_cell
from deckwright.formats.notebook.outputs import Data, outputs_of, printed
from deckwright.formats.notebook.pieces import Piece, Pieces
from deckwright.frozen import dataclass
from deckwright.model import FenceOf, Job, Kind, Reference, Result, Rich, Script
from deckwright.text.fences import output_range

_WITH_STATE = (
    *("numpy", "torch", "matplotlib", "torchvision", "pandas", "scipy", "sklearn", "seaborn", "statsmodels"),
)
"""Libraries that remember a seed or a setting, and those that load them."""

_SHOWING = (Kind.CODE, Kind.OUTPUT, Kind.EXEC)


@dataclass(frozen=True)
class ShownScript:
    """A script whose code or output a lecture shows."""

    script: Script
    job: Job
    result: Result | None
    references: Sequence[Reference]
    """Those that show it, as it runs without a variant where it can."""

    @cached_property
    def pieces(self) -> Pieces:
        return Pieces(self.script, self._displaying)

    @property
    def path(self) -> str:
        return self.script.path

    @property
    def needs_device(self) -> bool:
        """Whether it runs only where there is a GPU."""
        return self.script.options.device not in ("any", "cpu")

    def lines_of(self, reference: Reference) -> tuple[int, int]:
        """Return the lines that a reference shows, so widened that they can run."""
        target = reference.target
        if isinstance(target, FenceOf):
            cell = next(cell for cell in self.script.cells if cell.first_line == target.line)
            return self.pieces.widened(cell.first_line, cell.last_line)
        region = self.script.regions[target.name]
        return self.pieces.widened(region.first_line, region.last_line)

    def use_cell(self) -> Data:
        """Return the cell that begins the script, or goes on with it."""
        options = {"seed": self.job.options.seed, "imports": self._libraries, "modules": self.job.pythonpath}
        given = "".join(f", {name}={value!r}" for name, value in options.items() if value)
        rows = [f"_use_script({self.path!r}{given})"]
        if "__doc__" in self.script.text and self.pieces.docstring.text:
            rows.append(f"__doc__ = {self.pieces.docstring.text!r}")
        return code_cell("\n".join(rows), shows_code=False, shows_outputs=False)

    def cells(
        self,
        first: int,
        last: int,
        *,
        shows_code: bool = True,
        shows_outputs: bool = True,
        without: range = range(0),
    ) -> Iterator[Data]:
        """Yield the cells of some lines, with what they left."""
        for piece in self.pieces.cut(first, last, without):
            yield code_cell(
                piece.code,
                self._outputs(piece),
                shows_code=shows_code,
                shows_outputs=shows_outputs,
                raises=piece.raises,
            )

    def plumbing(self, first: int, last: int) -> Iterator[Data]:
        """Yield the cells of lines that no slide shows."""
        return self.cells(
            first, last, shows_code=False, shows_outputs=False, without=self.pieces.docstring.lines
        )

    @property
    def _displaying(self) -> frozenset[int]:
        """The statements whose values the run displayed: without a run, all that may."""
        ends = {cell.end_statement - 1 for cell in self.script.cells}
        outputs = self.result.outputs if self.result else ()
        displaying = {n for n, output in enumerate(outputs) if any(isinstance(p, Rich) for p in output.parts)}
        return frozenset(ends & displaying if self.result else ends)

    def _outputs(self, piece: Piece) -> list[Data]:
        if self.result:
            return outputs_of(piece, self.result, len(self.pieces.statements) - 1)
        shown = (each for each in self.references if each.kind is Kind.OUTPUT)
        bodies = [each.body for each in shown if output_range(each, self.script)[1] - 1 in piece.statements]
        return printed(next(iter(bodies), ""))

    @property
    def _libraries(self) -> tuple[str, ...]:
        """The libraries with a state that is kept apart for each script, or that load one that has it.

        Not those of the run: only its record knows them.
        """
        imports = {each.partition(".")[0] for each in self.script.imports}
        return tuple(name for name in _WITH_STATE if name in imports)


def shown_scripts(lecture: Lecture) -> dict[str, ShownScript]:
    """Return the scripts whose code or output a lecture shows, by path, in the order of the slides.

    A notebook is one process, so those that run as several ones are not among them.
    """
    found: dict[str, list[Reference]] = {}
    for reference in lecture.deck.references:
        script = lecture.course.scripts.get(reference.target.path)
        if reference.kind in _SHOWING and script and script.units and script.options.nproc == 1:
            found.setdefault(script.path, []).append(reference)
    shown = ((path, _shown(lecture, path, references)) for path, references in found.items())
    return {path: each for path, each in shown if each}


def _shown(lecture: Lecture, path: str, references: Sequence[Reference]) -> ShownScript | None:
    jobs = {job.id: job for job in lecture.course.jobs.values() if job.script == path}
    if not jobs:
        return None
    job = jobs.get(path) or next(iter(jobs.values()))
    of_job = [r for r in references if r.kind is not Kind.OUTPUT or lecture.course.job_of(r) == job.id]
    return (
        ShownScript(lecture.course.scripts[path], job, lecture.results.get(job.id), of_job)
        if of_job
        else None
    )


def file_names(paths: Sequence[str]) -> Mapping[str, str]:
    """Return a name for the notebook of each script: its own, or with its folders where others have that."""
    stems = [posixpath.splitext(posixpath.basename(path))[0] for path in paths]
    return {
        path: stem if stems.count(stem) == 1 else posixpath.splitext(path)[0].replace("/", "-")
        for path, stem in zip(paths, stems)
    }
