"""The description of a figure: the words of its reference, or those of the cell or diagram that draws it."""

from __future__ import annotations

from deckwright.compose.escape import escape_alt
from deckwright.compose.terminal import show_terminal
from deckwright.model import Course, Deck, Picture, Reference


def figure_alt(course: Course, reference: Reference) -> str:
    """Return what draws a figure says of it: the `fig-alt` of its cell, or the last one of a whole script."""
    if diagram := course.diagrams.get(reference.target.path):
        return diagram.alt
    source = course.figures.get(reference.target.path)
    if source is None:
        return ""
    cells, index = course.jobs[source.job].cells, source.figure.cell
    cells = tuple(cell for cell in cells if not cell.label) if index is None else cells[index : index + 1]
    return show_terminal(next((cell.fig_alt for cell in reversed(cells) if cell.fig_alt), "")).text


def undescribed(deck: Deck, reference: Reference) -> Picture | None:
    """Return the picture of a reference to a figure if no words of the deck describe it, but should."""
    label_end = reference.start + len("![") + len(reference.label)
    return next((picture for picture in deck.pictures if picture.alt_at == label_end), None)


def described_by_cells(course: Course, deck: Deck) -> frozenset[Picture]:
    """Return the pictures of a deck that no words of it describe, but the cells that draw them do."""
    references = (reference for reference in deck.references if figure_alt(course, reference))
    return frozenset(picture for each in references if (picture := undescribed(deck, each)))


def described_label(deck: Deck, course: Course, reference: Reference) -> str:
    """Return a figure's label as it is written, with its description where only its cell has one."""
    picture = undescribed(deck, reference)
    alt = escape_alt(figure_alt(course, reference)) if picture else ""
    return f"{reference.label}{picture.gap}{alt}" if picture and alt else reference.label
