"""What several figures of this lecture draw alike."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.collections import LineCollection

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

SNIPPETS = Path(__file__).resolve().parents[2] / "snippets/08-graph-networks"
LEARNT = SNIPPETS / "learnt"
sys.path.append(str(SNIPPETS))

FIVE = [(0.0, 1.6), (0.0, 0.0), (1.4, 0.8), (2.8, 0.8), (4.2, 0.8)]  # the triangle with a tail
FIVE_EDGES = [(0, 1), (0, 2), (1, 2), (2, 3), (3, 4)]
KARATE = [  # near in the graph, near in the picture: found once by stress majorisation
    (0.36, 0.56), (0.47, 0.86), (0.62, 0.57), (0.42, 0.4), (0.25, 0.7), (0.14, 0.64),
    (0.14, 0.45), (0.38, 0.74), (0.61, 0.77), (0.71, 0.84), (0.25, 0.46), (0.34, 0.11),
    (0.3, 0.28), (0.51, 0.68), (0.92, 0.62), (0.91, 0.27), (0.0, 0.54), (0.36, 1.0),
    (0.96, 0.79), (0.52, 0.49), (0.87, 0.89), (0.27, 0.89), (0.78, 0.99), (0.8, 0.24),
    (0.57, 0.01), (0.68, 0.0), (1.0, 0.49), (0.66, 0.19), (0.69, 0.37), (0.87, 0.45),
    (0.62, 0.96), (0.58, 0.33), (0.79, 0.71), (0.76, 0.53),
]


def five(at, scale=1.0):
    """The places of the graph of five nodes, its lower left corner at a point."""
    return [(at[0] + scale * x, at[1] + scale * y) for x, y in FIVE]


def club_places(left, bottom, width, height, upright=False):
    """The places of the karate club's members in a box."""
    return [
        (left + width * (y if upright else x), bottom + height * (1 - x if upright else y)) for x, y in KARATE
    ]


def links(ax, places, edges, color=house.HAIRLINE, width=house.EDGE, order=1, alpha=1.0):
    """Edges as straight lines."""
    lines = [(places[i], places[j]) for i, j in edges]
    ax.add_collection(
        LineCollection(
            lines, colors=color, linewidths=width, zorder=order, alpha=alpha, capstyle="round"
        )
    )


def spots(
    ax, places, colors, radius=0.16, edge=house.INK, texts=None, ink=house.INK, size=house.SMALL, width=1.0,
):
    """Nodes as filled circles, each in a colour of its own."""
    for k, place in enumerate(places):
        color = colors if isinstance(colors, str) else colors[k]
        rim = edge if isinstance(edge, str) else edge[k]
        ax.add_patch(plt.Circle(place, radius, facecolor=color, edgecolor=rim, linewidth=width, zorder=3))
        if texts is not None:
            tone = ink if isinstance(ink, str) else ink[k]
            house.label(ax, place, str(texts[k]), size=size, color=tone, mono=True)


def toward(a, b, radius):
    """The point of the line from a to b that lies on the circle around b."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = (dx * dx + dy * dy) ** 0.5
    return (b[0] - dx / length * radius, b[1] - dy / length * radius)


def message(ax, a, b, radius, text="", **look):
    """An arrow from node to node, off both circles."""
    house.arrow(ax, toward(b, a, radius), toward(a, b, radius), text, gap=1, **look)
