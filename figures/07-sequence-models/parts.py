"""What several figures of this lecture draw alike."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house


def gate(ax, at, text, color=house.ORANGE, width=0.95):
    """A small layer with a sigmoid (a gate) or a tanh (a candidate)."""
    return house.box(ax, at, text, width=width, height=0.66, color=color)


def times(ax, at, text="×", radius=0.27):
    """An elementwise operation."""
    return house.node(ax, at, text, radius=radius, color=house.GREY, size=20)


def path(ax, points, color=house.INK, width=house.EDGE):
    """A line through points, an arrow at its end."""
    for a, b in zip(points[:-2], points[1:-1]):
        ax.plot(*zip(a, b), color=color, linewidth=width, zorder=2, solid_capstyle="round")
    house.arrow(ax, points[-2], points[-1], color=color, width=width, gap=0)


def weights(ax, values, rows, cols, title="", xlabel="", ylabel="", size=house.SMALL):
    """Attention weights as a heat map with its characters on both sides."""
    ax.imshow(values, vmin=0, vmax=1, cmap="house", aspect="equal")
    ax.set_xticks(range(len(cols)), cols, fontsize=size)
    ax.set_yticks(range(len(rows)), rows, fontsize=size)
    ax.tick_params(length=0)
    ax.grid(False)
    ax.set(title=title, xlabel=xlabel, ylabel=ylabel)
