"""What several figures of this lecture draw alike."""

import json
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

LEARNT = Path(__file__).resolve().parents[2] / "snippets/11-llm/learnt"


def learnt(name):
    return json.loads((LEARNT / f"{name}.json").read_text())


def cells(ax, left, y, texts, colors, width=0.62, height=0.62, filled=(), size=house.TEXT):
    """A row of tokens from the left; returns their shapes."""
    drawn = []
    for k, text in enumerate(texts):
        color = colors[k] if isinstance(colors, (list, tuple)) else colors
        drawn.append(
            house.box(
                ax,
                (left + (k + 0.5) * width, y),
                text,
                width=width * 0.92,
                height=height,
                color=color,
                filled=k in filled,
                size=size,
            )
        )
    return drawn


def bars(ax, pairs, color, kept=None, top=None):
    """Probabilities of the first words as bars; those outside of ``kept`` are grey and hatched."""
    kept = range(len(pairs)) if kept is None else kept
    for k, (word, p) in enumerate(pairs):
        inside = k in kept
        ax.bar(
            k,
            p,
            width=0.74,
            color=color if inside else house.tint(house.GREY, 0.6),
            hatch="" if inside else "//",
            edgecolor=house.PAPER if inside else house.GREY,
        )
    ax.set_xticks(range(len(pairs)), [word for word, _ in pairs], fontsize=house.TEXT)
    ax.tick_params(length=0)
    ax.grid(axis="x", visible=False)
    if top:
        ax.set_ylim(0, top)


def softened(pairs, T):
    """The same words at another temperature (normalised over the words given)."""
    raised = [p ** (1 / T) for _, p in pairs]
    return [(word, r / sum(raised)) for (word, _), r in zip(pairs, raised)]


def roles(ax, items, width=2.35, height=0.95):
    """The networks of a method, two in a row: (name, what it does, whether it learns)."""
    for k, (name, task, learns) in enumerate(items):
        at = (1.3 + 2.6 * (k % 2), 2.1 - 1.2 * (k // 2))
        color = house.ORANGE if learns else house.GREY
        house.box(ax, at, "", width=width, height=height, color=color, filled=learns)
        ink = house.PAPER if learns else house.INK
        house.label(ax, (at[0], at[1] + 0.19), name, color=ink)
        house.label(ax, (at[0], at[1] - 0.21), task, color=ink, size=house.SMALL)
    house.label(ax, (2.6, 0.22), "橙色的在学，灰色的不动", color=house.MUTED, size=house.SMALL)
