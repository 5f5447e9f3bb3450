"""The same noise and digits under more and more guidance."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

import numpy as np

from parts import learnt, picture

data = learnt("digits")["guided"]
shown = (2, 3, 5, 8, 9)
fig, grid = plt.subplots(len(data), len(shown), figsize=(5.2, 3.5))
fig.subplots_adjust(left=0.16, right=0.99, bottom=0.01, top=0.88, wspace=0.06, hspace=0.06)
for line, (w, pictures) in zip(grid, data.items()):
    pictures = np.reshape(pictures, (10, 64))
    for ax, digit in zip(line, shown):
        picture(ax, pictures[digit], -1, 1)
    line[0].set_ylabel(f"$w={w}$", rotation=0, ha="right", va="center", labelpad=8)
for ax, digit in zip(grid[0], shown):
    ax.set_title(f"要 {digit}", fontsize=house.SMALL, weight="normal", pad=5)
plt.show()
