"""Forward and reverse: two moons dissolve into noise, and come back."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

import numpy as np
from matplotlib.animation import FuncAnimation

from parts import learnt

plt.rcParams["savefig.dpi"] = 96
data = learnt("toy")
reverse = [(t, np.reshape(points, (-1, 2))) for t, points in data["reverse"]]
clean = np.reshape(data["truth"], (-1, 2))
noise = np.random.default_rng(0).standard_normal(clean.shape)
abar = np.concatenate([[1.0], np.cumprod(1 - np.linspace(1e-4, 0.02, 1000))])
forward = [(t, np.sqrt(abar[t]) * clean + np.sqrt(1 - abar[t]) * noise) for t, _ in reverse[::-1]]
fig, axes = house.figure(11.2, 5.2, cols=2, sharex=True, sharey=True)
dots, notes = [], []
for ax, color, marker in zip(axes, (house.BLUE, house.ORANGE), ("o", "s")):
    dots.append(ax.scatter([], [], s=16, color=color, marker=marker, alpha=0.7))
    notes.append(ax.set_title(""))
    ax.set(xlim=(-2.9, 2.9), ylim=(-2.6, 2.6), aspect="equal", xlabel="$x_1$")
axes[0].set_ylabel("$x_2$")


def draw(k):
    k = min(k, len(reverse) - 1)
    now, names = (forward[k], reverse[k]), ("前向：加噪声", "反向：去噪声")
    for (t, points), dot, note, name in zip(now, dots, notes, names):
        dot.set_offsets(points)
        note.set_text(f"{name}，$t={t}$")


draw(len(reverse) - 1)
fig.canvas.draw()
fig.set_layout_engine("none")
animation = FuncAnimation(fig, draw, frames=len(reverse) + 4, interval=300)
plt.show()
