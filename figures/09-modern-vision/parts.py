"""What several figures of this lecture draw alike."""

import json
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from matplotlib.patches import Rectangle

SNIPPETS = Path(__file__).resolve().parents[2] / "snippets/09-modern-vision"


def learnt(name):
    """What a training script wrote."""
    return json.loads((SNIPPETS / "learnt" / f"{name}.json").read_text())


def picture(ax, image, title="", cmap="house", **limits):
    """A picture without axes."""
    drawn = ax.imshow(image, cmap=cmap, **limits)
    ax.set(xticks=[], yticks=[])
    ax.grid(False)
    ax.spines[:].set(visible=True, color=house.HAIRLINE)
    if title:
        ax.set_title(title, fontsize=house.TEXT, weight="normal", pad=6)
    return drawn


def inlay(ax, image, center, side, cmap="gray", **limits):
    """A picture inside of a diagram whose units are inches."""
    x, y = center[0] - side / 2, center[1] - side / 2
    drawn = ax.imshow(
        image, extent=(x, x + side, y, y + side), cmap=cmap, zorder=3, aspect="auto",
        interpolation="nearest", **limits
    )
    frame(ax, center, side, house.MUTED, house.THIN)
    return drawn


def frame(ax, center, side, color, width=house.EDGE):
    """A square's edge."""
    ax.add_patch(
        Rectangle(
            (center[0] - side / 2, center[1] - side / 2),
            side,
            side,
            facecolor="none",
            edgecolor=color,
            linewidth=width,
            zorder=5,
        )
    )


def path(ax, points, color=house.INK, width=house.EDGE, dashed=False):
    """A line through points, an arrow at its end."""
    style = (0, (4, 3)) if dashed else "-"
    for a, b in zip(points[:-2], points[1:-1]):
        ax.plot(
            *zip(a, b), color=color, linewidth=width, linestyle=style, zorder=2, solid_capstyle="round"
        )
    house.arrow(ax, points[-2], points[-1], color=color, width=width, gap=0, dashed=dashed)


def tokens(ax, xs, y, colors, width=0.3, height=0.62):
    """A row of tokens as bars."""
    return [
        house.box(ax, (x, y), width=width, height=height, color=color) for x, color in zip(xs, colors)
    ]
