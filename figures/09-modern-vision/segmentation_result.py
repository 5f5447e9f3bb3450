"""Input, truth, prediction with and without skips."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
import numpy as np

from parts import learnt, picture

data = learnt("unet")


def unpack(rows):
    return np.array([[c == "#" for c in row] for row in rows])


fig, axes = house.figure(11.6, 5.0, rows=2, cols=4)
for row, axs in zip((0, 1), axes):
    truth = unpack(data["truth"][row])
    picture(axs[0], np.array(data["images"][row]), cmap="gray")
    picture(axs[1], truth, vmin=0, vmax=1.3)
    for ax, key in ((axs[2], "skip"), (axs[3], "plain")):
        guess = unpack(data[key][row])
        picture(ax, guess, vmin=0, vmax=1.3)
        ys, xs = np.nonzero(guess != truth)
        ax.plot(xs, ys, "s", color=house.ORANGE, markersize=4.5)
for ax, title in zip(axes[0], ("输入", "答案", "U-Net", "去掉跳跃连接")):
    ax.set_title(title, fontsize=house.TEXT)
plt.show()
