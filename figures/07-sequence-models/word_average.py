"""Three word vectors in two orders: the same average."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

import numpy as np

vectors = {"人": [0.9, -0.4, 0.2, 0.7], "狗": [-0.8, 0.6, 0.5, -0.3], "咬": [0.2, 0.7, -0.9, 0.5]}
colors = plt.get_cmap("house_diverging")

fig, ax = house.canvas(5.0, 3.15)


def column(x, top, values):
    for k, value in enumerate(values):
        y = top - 0.2 * (k + 1)
        ax.add_patch(
            plt.Rectangle((x - 0.28, y), 0.56, 0.2, facecolor=colors(0.5 + value / 2), edgecolor=house.PAPER)
        )


for row, text in enumerate(("狗咬人", "人咬狗")):
    top = 2.7 - 1.65 * row
    for k, word in enumerate(text):
        house.label(ax, (0.55 + 0.85 * k, top + 0.25), word)
        column(0.55 + 0.85 * k, top, vectors[word])
    house.arrow(ax, (2.75, top - 0.4), (3.75, top - 0.4), "平均")
    column(4.3, top, np.mean([vectors[word] for word in text], axis=0))
house.label(ax, (4.3, 1.48), "一样", color=house.TEAL)
plt.show()
