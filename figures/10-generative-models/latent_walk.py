"""A straight walk in the latent space, from a zero to a six."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

import numpy as np
from matplotlib.animation import FuncAnimation

from parts import learnt, picture

plt.rcParams["savefig.dpi"] = 96
data = learnt("vae")
path, walk = np.reshape(data["path"], (-1, 2)), np.reshape(data["walk"], (-1, 64))
steps = np.array(data["steps"])
atlas = np.reshape(data["atlas"], (9, 9, 8, 8))
atlas = np.pad(atlas, ((0, 0), (0, 0), (1, 1), (1, 1))).transpose(0, 2, 1, 3).reshape(90, 90)
fig, (left, ax) = house.figure(11.2, 5.0, cols=2)
left.imshow(atlas, cmap="house", vmin=0, vmax=1)
marked = (0, 2, 4, 6, 8)
left.set_xticks([k * 10 + 4.5 for k in marked], [f"{steps[k]:.1f}" for k in marked])
left.set_yticks([(8 - k) * 10 + 4.5 for k in marked], [f"{steps[k]:.1f}" for k in marked])
left.grid(False)
across = np.interp(path[:, 0], steps, np.arange(9) * 10 + 4.5)
down = np.interp(path[:, 1], steps, (8 - np.arange(9)) * 10 + 4.5)
left.plot(across, down, color=house.ORANGE, linewidth=3)
(point,) = left.plot([], [], "o", color=house.ORANGE, markersize=17, markeredgecolor="white",
                     markeredgewidth=2)
left.set(xlabel="$z_1$", ylabel="$z_2$", title="解码 81 个点")
shown = picture(ax, walk[0])
ax.set_title("解码出来")


def draw(k):
    k = min(k, len(path) - 1)
    point.set_data([across[k]], [down[k]])
    shown.set_data(walk[k].reshape(8, 8))


draw(len(path) // 2)
fig.canvas.draw()
fig.set_layout_engine("none")
animation = FuncAnimation(fig, draw, frames=len(path) + 3, interval=200)
plt.show()
