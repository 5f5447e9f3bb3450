"""Points that the GAN makes, while it learns; the eight clusters of the data behind them."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

import numpy as np
from matplotlib.animation import FuncAnimation

from parts import learnt

plt.rcParams["savefig.dpi"] = 96
runs = learnt("gan")
fig, axes = house.figure(11.4, 5.2, cols=2, sharex=True, sharey=True)
fig.get_layout_engine().set(rect=(0, 0, 1, 0.95))
real = np.reshape(runs["real"], (-1, 2))
dots, notes = {}, {}
for ax, (key, color, marker) in zip(axes, (("10:1", house.RED, "^"), ("1:1", house.TEAL, "o"))):
    ax.scatter(*real.T, s=8, color=house.HAIRLINE, zorder=1)
    dots[key] = ax.scatter([], [], s=20, color=color, marker=marker, alpha=0.75, zorder=3)
    notes[key] = ax.set_title("")
    ax.set(xlim=(-3.3, 3.3), ylim=(-2.8, 2.8), xlabel="$x_1$", aspect="equal")
axes[0].set_ylabel("$x_2$")
names = {"10:1": "$D$ 一步，$G$ 十步", "1:1": "$D$ 一步，$G$ 一步"}


def draw(k):
    for key, frames in runs["frames"].items():
        step, points, found = frames[min(k, len(frames) - 1)]
        dots[key].set_offsets(np.reshape(points, (-1, 2)))
        notes[key].set_text(f"{names[key]}：{step} 轮，{found} 个团")


count = len(runs["frames"]["1:1"])
draw(count - 1)
fig.canvas.draw()
fig.set_layout_engine("none")
animation = FuncAnimation(fig, draw, frames=count + 4, interval=300)
plt.show()
