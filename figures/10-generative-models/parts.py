"""What several figures of this lecture share: results of training, small pictures, networks as trapezia."""

import json
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
import numpy as np
from matplotlib.patches import Polygon

LEARNT = Path(__file__).resolve().parents[2] / "snippets/10-generative-models/learnt"


def learnt(name):
    """What a training script of this lecture wrote."""
    return json.loads((LEARNT / f"{name}.json").read_text())


def picture(ax, values, low=0.0, high=1.0):
    """8x8 pixels in an axes of their own."""
    side = round(len(values) ** 0.5)
    drawn = ax.imshow(np.reshape(values, (side, side)), cmap="house", vmin=low, vmax=high)
    ax.set(xticks=[], yticks=[])
    ax.grid(False)
    ax.spines[:].set(visible=True, color=house.HAIRLINE)
    return drawn


def stamp(ax, at, values, size, low=0.0, high=1.0, edge=house.HAIRLINE):
    """8x8 pixels at a point of a diagram."""
    side = round(len(values) ** 0.5)
    x, y = at
    box = (x - size / 2, x + size / 2, y - size / 2, y + size / 2)
    ax.imshow(np.reshape(values, (side, side)), cmap="house", vmin=low, vmax=high, extent=box, zorder=5)
    ax.plot([box[0], box[1], box[1], box[0], box[0]], [box[2], box[2], box[3], box[3], box[2]],
            color=edge, linewidth=house.EDGE, zorder=6)
    return house.Shape(at, size, size)


def keep_view(ax):
    """Undo what imshow did to the view of a canvas."""
    width, height = ax.figure.get_size_inches()
    ax.set(xlim=(0, width), ylim=(0, height), aspect="equal")


def funnel(ax, center, text, left, right, width=1.5, color=house.ORANGE, dashed=False):
    """A network as a trapezium: `left` and `right` are the heights of its two sides."""
    x, y = center
    corners = [(x - width / 2, y - left / 2), (x - width / 2, y + left / 2),
               (x + width / 2, y + right / 2), (x + width / 2, y - right / 2)]
    ax.add_patch(Polygon(corners, closed=True, facecolor=house.tint(color), edgecolor=color,
                         linewidth=house.EDGE, linestyle="--" if dashed else "-", joinstyle="round",
                         zorder=3))
    house.label(ax, center, text)
    return house.Shape(center, width, max(left, right))


def path(ax, points, color=house.INK, width=house.EDGE, dashed=False):
    """A line through points, an arrow at its end."""
    for a, b in zip(points[:-2], points[1:-1]):
        ax.plot(*zip(a, b), color=color, linewidth=width, zorder=2, solid_capstyle="round",
                linestyle="--" if dashed else "-")
    house.arrow(ax, points[-2], points[-1], color=color, width=width, gap=0, dashed=dashed)
