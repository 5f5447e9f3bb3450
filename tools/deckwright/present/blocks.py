"""The blocks of decks that can run on stage, and what runs for each."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace

from deckwright.execute.stage import StagedBlock
from deckwright.formats import page_path
from deckwright.frozen import dataclass
from deckwright.model import (
    Cell,
    Course,
    Deck,
    Display,
    FenceOf,
    Figure,
    Job,
    Kind,
    Reference,
    Script,
    Slide,
    Statement,
    Unit,
    Variant,
)
from deckwright.project.project import deck_name
from deckwright.text.fences import built_slides, code_of, shown_code
from deckwright.text.syntax import statements_of


@dataclass(frozen=True, slots=True)
class Block:
    """Code of a script that a slide shows."""

    id: str
    """Of its place: the same for all slides that show it."""
    path: str
    """Of the script; for an `exec` fence that of the deck."""
    name: str
    code: str
    """As the editor shows it: the whole region, also where a slide shows some lines of it."""
    first_line: int
    last_line: int
    first_statement: int
    end_statement: int
    job: Job
    """The whole script."""

    def staged(self, edited: str | None = None) -> StagedBlock:
        """Return what runs: the block as its file has it, or with edited code."""
        before = _first_statements(self.job, self.first_statement)
        return StagedBlock(self.job, before, self._as_it_is() if edited is None else self._edited(edited))

    def _as_it_is(self) -> Job:
        first, end = self.first_statement, self.end_statement
        cells = [_part(cell, first, end) for cell in self.job.cells]
        lines = self.job.source.split("\n")
        rows = slice(self.first_line - 1, self.last_line)
        lines[rows] = textwrap.dedent("\n".join(lines[rows])).split("\n")
        statements = _statements(self.job)[first:end]
        return self._job("\n".join(lines), statements, tuple(each for each in cells if each))

    def _edited(self, code: str) -> Job:
        """Return the block with other code: one cell, as in a notebook, on the lines of the block."""
        source = "\n" * (self.first_line - 1) + code + "\n"
        last = self.first_line + code.count("\n")
        count = max(1, len(statements_of(code)))
        around = next(
            (c for c in self.job.cells if c.first_statement <= self.first_statement < c.end_statement), None
        )
        cell = Cell(self.name, self.first_line, last, 0, count)
        if around is not None:
            cell = replace(cell, fig_width=around.fig_width, fig_height=around.fig_height)
        statements = (Statement(self.first_line, last),) * count
        return self._job(source, statements, (cell,), last)

    def _job(
        self, source: str, statements: tuple[Statement, ...], cells: tuple[Cell, ...], last_line: int = 0
    ) -> Job:
        unit = Unit(self.first_line, last_line or self.last_line, statements, source)
        return replace(self.job, source=source, units=(unit,), cells=cells, figures=(), values=())


@dataclass(frozen=True, slots=True)
class Place:
    """A code panel of a built slide, and what there shows results of its block."""

    block: str
    text: str
    """What the panel shows."""
    has_output: bool
    """Whether outputs of the block are on the slide."""
    display: Display
    """How they are shown there."""
    figures: tuple[str, ...]
    """What is said of the pictures on the slide that the block draws."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of a course, and where they are."""

    by_id: Mapping[str, Block] = field(default_factory=dict)
    places: Mapping[str, tuple[tuple[Place, ...], ...]] = field(default_factory=dict)
    """By the path of a page, for each of its slides."""

    def display(self, block: str) -> Display:
        """Return how a slide shows the outputs of a block: one that has some, if there is one."""
        of_pages = (place for slides in self.places.values() for slide in slides for place in slide)
        of_block = [place for place in of_pages if place.block == block]
        shown = (place.display for place in of_block if place.has_output)
        return replace(next(shown, Display()), lines="", highlight=())


def blocks_of(course: Course) -> Blocks:
    by_id: dict[str, Block] = {}
    places: dict[str, tuple[tuple[Place, ...], ...]] = {}
    for deck in course.decks:
        of_slides = {slide.number: tuple(_places(course, deck, slide, by_id)) for slide in deck.slides}
        built = tuple(of_slides[slide.number] for slide in built_slides(deck))
        places[page_path(deck_name(deck.path))] = built
    return Blocks(by_id, places)


def _places(course: Course, deck: Deck, slide: Slide, by_id: dict[str, Block]) -> Iterator[Place]:
    references = [each for each in deck.references if slide.start <= each.start < slide.end]
    for reference in references:
        if reference.kind not in (Kind.CODE, Kind.EXEC) or reference.display.hide:
            continue
        block = _block(course, reference)
        if block is not None:
            by_id[block.id] = block
            outputs = [
                each for each in references if each.kind is Kind.OUTPUT and each.target == reference.target
            ]
            display = next((each.display for each in outputs), Display())
            figures = tuple(_figures(course, deck, references, block))
            text = shown_code(reference, course.scripts[block.path])
            yield Place(block.id, text, bool(outputs), display, figures)


def _figures(course: Course, deck: Deck, references: Iterable[Reference], block: Block) -> Iterator[str]:
    """Yield what is said of the pictures that a block draws, as far as they are among references."""
    for reference in references:
        source = course.figures.get(reference.target.path) if reference.kind is Kind.FIGURE else None
        if source is not None and source.job == block.job.id and _draws(block, source.figure):
            within = (each for each in deck.pictures if reference.start <= each.start < reference.end)
            yield next((each.alt for each in within), "")


def _draws(block: Block, figure: Figure) -> bool:
    """Whether a block is where a picture is finished: the end of its cell, or of the script."""
    end = block.job.end_statement if figure.cell is None else block.job.cells[figure.cell].end_statement
    return block.first_statement < end <= block.end_statement


def _block(course: Course, reference: Reference) -> Block | None:
    """Return the block that a reference shows; None if it is no code of a job, or no whole statements."""
    script = course.scripts.get(reference.target.path)
    job = _job_of(course, reference)
    if script is None or job is None:
        return None
    place = _place(script, reference)
    if place is None:
        return None
    code, first_line, last_line, first, end = place
    name = reference.target.name
    return Block(f"{script.path}#{name}", script.path, name, code, first_line, last_line, first, end, job)


def _job_of(course: Course, reference: Reference) -> Job | None:
    """Return the job of a script: as it is, or else in one of its variants."""
    jobs = [course.jobs[id] for id in course.jobs_of(reference)]
    plain = (job for job in jobs if job.variant == Variant())
    return next(plain, next(iter(jobs), None))


def _place(script: Script, reference: Reference) -> tuple[str, int, int, int, int] | None:
    """Return the code of a block, its first and last line, its first statement, and the end of its last."""
    if isinstance(reference.target, FenceOf):
        cell = next((c for c in script.cells if c.first_line == reference.target.line), None)
        if cell is None:
            return None
        return (
            code_of(reference, script),
            cell.first_line,
            cell.last_line,
            cell.first_statement,
            cell.end_statement,
        )
    region = script.regions.get(reference.target.name)
    if region is None or region.first_statement == region.end_statement:
        return None
    return region.code, region.first_line, region.last_line, region.first_statement, region.end_statement


def _statements(job: Job) -> tuple[Statement, ...]:
    return tuple(statement for unit in job.units for statement in unit.statements)


def _first_statements(job: Job, count: int) -> Job:
    """Return a job that runs the first statements of another one, and draws no pictures for slides."""
    units: list[Unit] = []
    left = count
    for unit in job.units:
        if left <= 0:
            break
        statements = unit.statements[:left]
        is_whole = len(statements) == len(unit.statements)
        last = unit.last_line if is_whole else statements[-1].last_line
        if statements:
            units.append(replace(unit, last_line=last, statements=statements))
        left -= len(statements)
    cells = (_part(cell, 0, count) for cell in job.cells)
    return replace(
        job, units=tuple(units), cells=tuple(each for each in cells if each), figures=(), values=()
    )


def _part(cell: Cell, first: int, end: int) -> Cell | None:
    """Return the part of a cell within a range of statements, which count from its first; None without any.

    What a cell does at its end, the part does only if it has the end: it draws its picture, and must raise.
    """
    start, stop = max(cell.first_statement, first), min(cell.end_statement, end)
    if start >= stop:
        return None
    part = replace(cell, first_statement=start - first, end_statement=stop - first)
    return part if stop == cell.end_statement else replace(part, label="", raises="")
