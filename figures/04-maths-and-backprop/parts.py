"""Pieces that several figures of this lecture draw: values and gradients on the edges of a graph."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

FORWARD, BACKWARD = house.BLUE, house.RED


def edge(ax, start, end, value="", gradient="", *, at=0.5, lift=0.1):
    """An edge of a graph: the value that flows forwards above it, the gradient that comes back below."""
    house.arrow(ax, start, end, color=house.INK)
    x, y = (a + (b - a) * at for a, b in zip(start, end))
    if value:
        house.label(ax, (x, y + lift), value, color=FORWARD, va="bottom", bold=True)
    if gradient:
        house.label(ax, (x, y - lift), gradient, color=BACKWARD, va="top", bold=True)


def back(ax, start, end, text="", *, bend=0.0, size=house.TEXT):
    """A dashed arrow against the direction of the computation."""
    house.arrow(ax, start, end, text, color=BACKWARD, dashed=True, bend=bend, size=size)
