"""Points of one domain move onto the other; no pairs were given."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

import numpy as np
from matplotlib.animation import FuncAnimation

from parts import learnt

plt.rcParams["savefig.dpi"] = 96
data = learnt("cycle")
fig, (ax, right) = house.figure(11.4, 4.8, cols=2, width_ratios=(1.15, 1))
x, y = (np.reshape(data[k], (-1, 2)) for k in ("x", "y"))
ax.scatter(*x.T, s=12, marker="^", color=house.tint(house.BLUE, 0.45))
ax.scatter(*y.T, s=12, color=house.tint(house.TEAL, 0.45))
moving = ax.scatter([], [], s=22, color=house.ORANGE, marker="s", zorder=3)
ax.text(-2.4, -1.55, "甲域 $x$", color=house.BLUE)
ax.text(1.75, 1.35, "乙域 $y$", color=house.TEAL)
ax.set(xlim=(-2.7, 3.0), ylim=(-2.2, 2.4), aspect="equal", xlabel="$x_1$", ylabel="$x_2$")
note = ax.set_title("")
steps = np.arange(len(data["cycle"])) * data["every"]
right.plot(steps, data["error"], color=house.ORANGE, label="离正确位置")
right.plot(steps, data["cycle"], color=house.RED, linestyle="--", label="循环损失")
(now,) = right.plot([], [], "o", color=house.INK)
right.set(xlabel="更新步数", ylabel="距离", ylim=(0, None))
right.legend(fontsize=house.TEXT)


def draw(k):
    k = min(k, len(data["frames"]) - 1)
    moving.set_offsets(np.reshape(data["frames"][k], (-1, 2)))
    note.set_text(f"橙色是 $G(x)$：第 {k * data['every']} 步")
    now.set_data([k * data["every"]], [data["error"][k]])


draw(len(data["frames"]) - 1)
fig.canvas.draw()
fig.set_layout_engine("none")
animation = FuncAnimation(fig, draw, frames=len(data["frames"]) + 4, interval=300)
plt.show()
