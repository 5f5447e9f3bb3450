"""The parameters of an RNN with 10 inputs and 20 states, drawn to scale: 640 numbers."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

inputs, hidden, cell = 10, 20, 0.1
fig, ax = house.canvas(5.0, 3.0)
x, counts = 0.3, []
for cols, name, color in (
    (inputs, "$W_{xh}$", house.BLUE),
    (hidden, "$W_{hh}$", house.TEAL),
    (1, "$b$", house.ORANGE),
    (1, "$b$", house.ORANGE),
):
    at, width = x + cols * cell / 2, cols * cell
    shape = f"{hidden}×{cols}" if cols > 1 else ""
    house.box(ax, (at, 1.5), shape, width=width, height=hidden * cell, color=color, size=house.SMALL)
    house.label(ax, (at, 2.76), name, color=color)
    x += width + 0.4
    counts.append(hidden * cols)
total = " + ".join(map(str, counts)) + f" = {sum(counts)}"
house.label(ax, (2.5, 0.2), total, size=house.SMALL, mono=True)
plt.show()
