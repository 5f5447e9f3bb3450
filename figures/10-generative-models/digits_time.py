"""Digits that come out of noise."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

import numpy as np
from matplotlib.animation import FuncAnimation

from parts import learnt, picture

plt.rcParams["savefig.dpi"] = 96
frames = np.reshape(learnt("digits")["frames"], (-1, 10, 4, 64))
fig, grid = plt.subplots(4, 10, figsize=(11.0, 5.0))
fig.subplots_adjust(left=0.005, right=0.995, bottom=0.005, top=0.9, wspace=0.05, hspace=0.05)
drawn = [[picture(ax, frames[0, digit, row], -1, 1) for digit, ax in enumerate(line)]
         for row, line in enumerate(grid)]
note = fig.suptitle("", fontsize=house.TITLE, color=house.INK)


def draw(k):
    k = min(k, len(frames) - 1)
    note.set_text(f"$t={k / (len(frames) - 1):.2f}$")
    for row, line in enumerate(drawn):
        for digit, image in enumerate(line):
            image.set_data(frames[k, digit, row].reshape(8, 8))


animation = FuncAnimation(fig, draw, frames=len(frames) + 4, interval=280)
draw(len(frames) - 1)
plt.show()
