"""Samples, and the nearest of the training pictures below each."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

import numpy as np

from parts import learnt, picture

data = learnt("digits")
samples = np.reshape(data["samples"], (10, 12, 64))[:, 0]
nearest = np.reshape(data["neighbours"], (10, 64))
fig, grid = plt.subplots(2, 10, figsize=(11.4, 2.6))
fig.set_facecolor(house.PAPER)
fig.subplots_adjust(left=0.115, right=0.998, bottom=0.01, top=0.99, wspace=0.06, hspace=0.08)
for line, pictures, name in zip(grid, (samples, nearest), ("生成的", "最近的\n训练图")):
    for ax, values in zip(line, pictures):
        picture(ax, values, -1, 1)
    line[0].set_ylabel(name, rotation=0, ha="right", va="center", labelpad=10)
plt.show()
