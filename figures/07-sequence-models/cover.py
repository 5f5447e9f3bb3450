"""The cover: a chain that forgets, below; arcs of attention above the same eight words."""

import json

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

learnt = Path(__file__).resolve().parents[2] / "snippets/07-sequence-models/learnt"
weights = json.loads((learnt / "seq2seq.json").read_text())["mean_weights"]
fig, ax = house.canvas(5.2, 7.2)
xs = [0.5 + 0.6 * k for k in range(8)]
for k in range(8):
    fade = 0.9 - 0.9 * k / 7
    house.node(ax, (xs[k], 1.5), radius=0.2, color=house.tint(house.BLUE, fade))
    if k:
        house.arrow(ax, (xs[k - 1] + 0.2, 1.5), (xs[k] - 0.2, 1.5), color=house.tint(house.BLUE, fade), gap=0)
    house.node(ax, (xs[k], 3.5), radius=0.2, color=house.TEAL)
    house.node(ax, (xs[k], 6.2), radius=0.2, color=house.ORANGE)
for row in range(8):
    for col in range(8):
        if weights[row][col] > 0.04:
            ax.plot(
                [xs[row], xs[col]],
                [6.0, 3.7],
                color=house.TEAL,
                linewidth=5 * weights[row][col],
                alpha=0.75,
                zorder=1,
            )
plt.show()
