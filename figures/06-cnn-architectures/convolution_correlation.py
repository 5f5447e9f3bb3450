"""同一个信号、同一个核：卷积先把核翻过来，互相关不翻。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

x = np.array([0, 1, 0, 0, 2, 1, 0])
k = np.array([3, 2, 1])
fig, ax = house.canvas(11.4, 4.5)
CELL = 0.56


def row(center, values, color, name, marked=()):
    """一行格子，名字在左边。"""
    shape = house.matrix(ax, center, values=[values], cell=CELL, color=color, marked=[(0, m) for m in marked])
    house.label(ax, (shape.left[0] - 0.15, center[1]), name, color=color, ha="right", size=house.TEXT)
    return shape


for middle, title, sign in ((2.9, "卷积：核翻转", -1), (8.6, "互相关：核不翻", 1)):
    used = k[::sign]
    result = np.correlate(x, used, "valid")
    assert sign == 1 or result.tolist() == np.convolve(x, k, "valid").tolist()
    house.label(ax, (middle, 4.2), title, bold=True, size=house.TITLE)
    at = 3
    signal = row((middle + 0.35, 3.35), x, house.BLUE, "x", range(at, at + 3))
    kernel = house.matrix(
        ax, (signal.cells[0, at + 1][0], 2.35), values=[used], cell=CELL, color=house.ORANGE
    )
    house.label(ax, (signal.left[0] - 0.15, 2.35), "k", color=house.ORANGE, ha="right")
    for i in range(3):
        house.arrow(ax, (signal.cells[0, at + i][0], 3.05), (kernel.cells[0, i][0], 2.65), gap=1)
    house.label(
        ax,
        (middle + 0.35, 1.62),
        " + ".join(f"{a}·{b}" for a, b in zip(x[at : at + 3], used)) + f" = {result[at]}",
        mono=True,
        size=house.SMALL,
    )
    row((middle + 0.35, 0.8), result, house.TEAL, "S", [at])
plt.show()
