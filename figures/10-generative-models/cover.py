"""The cover: rows of digits that appear out of noise."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

from parts import learnt, picture

frames = learnt("digits")["frames"]
rows = 7
fig, grid = plt.subplots(rows, 5, figsize=(5.2, 7.2))
fig.set_facecolor(house.PAPER)
fig.subplots_adjust(left=0.02, right=0.98, bottom=0.02, top=0.98, wspace=0.06, hspace=0.06)
for line, k in zip(grid, (0, 5, 8, 10, 12, 13, -1)):
    for ax, digit in zip(line, (2, 0, 4, 9, 7)):
        at = 4 * digit * 64
        picture(ax, frames[k][at : at + 64], -1, 1)
plt.show()
