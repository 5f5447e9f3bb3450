"""A shift by a whole patch permutes the patches; a shift by one pixel makes new ones."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
fig, ax = house.canvas(12.4, 4.6)
values = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8]
hues = (house.BLUE, house.ORANGE, house.TEAL)
for k, (shift, title) in enumerate(((0, "原来"), (4, "移一块（4 格）"), (1, "移一格"))):
    y = 3.75 - 1.45 * k
    house.label(ax, (2.3, y), title, ha="right")
    row = values[-shift:] + values[:-shift] if shift else values
    for p in range(3):
        piece = row[4 * p : 4 * p + 4]
        known = [tuple(values[4 * q : 4 * q + 4]) for q in range(3)]
        color = hues[known.index(tuple(piece))] if tuple(piece) in known else house.GREY
        house.matrix(ax, (3.9 + 2.5 * p, y), values=[piece], cell=0.56, color=color)
    note = ("三块", "同样的三块，只换了位置", "全是新的块")[k]
    house.label(ax, (10.35, y - 0.0), note if k != 1 else "同样三块，\n换了位置", size=house.TEXT,
        color=house.RED if k == 2 else house.TEAL, ha="left")
plt.show()
