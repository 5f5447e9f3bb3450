"""One node asks its neighbours and itself: scores, LeakyReLU, softmax, weighted sum."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

from parts import message, spots

import gat_numbers

fig, ax = house.canvas(11.6, 4.6)
center = (2.6, 2.3)
around = [(2.6, 3.9), (0.6, 2.9), (0.9, 0.9), (4.2, 0.8)]
names = ["自己", "甲", "乙", "丙"]
for k, place in enumerate(around):
    if k:
        message(ax, place, center, 0.36, color=house.BLUE, width=1 + 9 * gat_numbers.weights[k])
spots(ax, around[1:], house.tint(house.BLUE), radius=0.33, edge=house.BLUE, texts=names[1:], width=1.7)
spots(
    ax,
    [center],
    house.tint(house.ORANGE, 0.6),
    radius=0.36,
    edge=house.ORANGE,
    texts=["i"],
    size=house.TEXT,
    width=1.7,
)
ax.add_patch(
    plt.Circle(
        (2.6, 2.95),
        0.3,
        facecolor="none",
        edgecolor=house.BLUE,
        linewidth=1 + 9 * gat_numbers.weights[0],
        zorder=1,
    ),
)
house.label(ax, (2.6, 3.5), "自己也算", size=house.SMALL, color=house.MUTED)
heads = (("谁", 6.0), ("$a_1^\\top Wh_i+a_2^\\top Wh_j$", 7.6), ("LeakyReLU", 9.4), ("softmax", 10.9))
for text, x in heads:
    house.label(ax, (x, 4.1), text, size=house.SMALL if "$" not in text else 16, color=house.MUTED)
for k, name in enumerate(names):
    y = 3.4 - 0.7 * k
    raw = float(gat_numbers.own + gat_numbers.others[k])
    house.label(ax, (6.0, y), name)
    for x, v, color in (
        (7.6, f"{raw:.1f}", house.INK),
        (9.4, f"{gat_numbers.scores[k]:.1f}", house.INK),
        (10.9, f"{gat_numbers.weights[k]:.2f}", house.ORANGE),
    ):
        house.label(ax, (x, y), v.replace("-", "−"), mono=True, color=color)
house.label(ax, (10.9, 0.55), "和为 1", color=house.ORANGE, size=house.SMALL)
house.label(ax, (8.2, 0.55), "负的打两折，不归零", color=house.MUTED, size=house.SMALL)
plt.show()
