"""两个方波的卷积：翻转、平移、求重叠的面积；结果是三角波。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import FuncAnimation

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

times = np.linspace(-1.5, 1.5, 19)
fine = np.linspace(-2.1, 2.1, 421)
fig, (above, below) = house.figure(5.0, 4.6, rows=2, sharex=True)


def box(t):
    return (abs(t) < 0.5) * 1.0


above.plot(fine, box(fine), color=house.BLUE)
(other,) = above.plot([], [], color=house.ORANGE, linestyle="--")
(curve,) = below.plot([], [], color=house.TEAL)
(tip,) = below.plot([], [], "o", color=house.TEAL)
overlap = plt.Rectangle((0, 0), 0, 1, facecolor=house.tint(house.TEAL, 0.4))
above.add_patch(overlap)
above.text(-2.05, 0.75, r"$f(\tau)$", color=house.BLUE, fontsize=house.TEXT)
above.text(-2.05, 0.35, r"$g(t-\tau)$", color=house.ORANGE, fontsize=house.TEXT)
below.text(-2.05, 0.75, r"$(f*g)(t)$", color=house.TEAL, fontsize=house.TEXT)
above.set(ylim=(0, 1.25), xlim=(-2.1, 2.1), ylabel="高度", yticks=[0, 1])
below.set(ylim=(0, 1.25), xlabel=r"$\tau$（上）与 $t$（下）", ylabel="重叠面积", yticks=[0, 1])
fig.canvas.draw()
fig.set_layout_engine("none")  # 排一次就够，不必每帧重排


def draw(step):
    """第 step 步：g(t - τ) 移到 t。"""
    step = min(step, len(times) - 1)
    t = times[step]
    low, high = max(-0.5, t - 0.5), min(0.5, t + 0.5)
    other.set_data(fine, box(t - fine))
    overlap.set_bounds(low, 0, max(0, high - low), 1)
    done = times[: step + 1]
    curve.set_data(done, np.clip(1 - abs(done), 0, None))
    tip.set_data([t], [max(0, 1 - abs(t))])


animation = FuncAnimation(fig, draw, frames=len(times) + 3, interval=200)
draw(len(times) - 1)
plt.show()
