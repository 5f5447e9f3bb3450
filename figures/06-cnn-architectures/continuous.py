"""两个方波的卷积：翻转、平移、求重叠的面积；结果是三角波。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import FuncAnimation

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

times = np.linspace(-1.5, 1.5, 31)
fine = np.linspace(-2.1, 2.1, 841)
fig, (above, below) = house.figure(5.8, 5.4, rows=2, sharex=True)


def box(t):
    return (abs(t) < 0.5) * 1.0


def draw(step):
    """第 step 步：g(t - τ) 移到 t。"""
    step = min(step, len(times) - 1)
    t = times[step]
    above.clear()
    below.clear()
    above.plot(fine, box(fine), color=house.BLUE)
    above.plot(fine, box(t - fine), color=house.ORANGE, linestyle="--")
    overlap = box(fine) * box(t - fine)
    above.fill_between(fine, overlap, color=house.tint(house.TEAL, 0.4))
    above.text(-2.05, 0.75, r"$f(\tau)$", color=house.BLUE, fontsize=house.TEXT)
    above.text(-2.05, 0.35, r"$g(t-\tau)$", color=house.ORANGE, fontsize=house.TEXT)
    done = times[: step + 1]
    below.plot(done, np.clip(1 - abs(done), 0, None), color=house.TEAL)
    below.plot([t], [max(0, 1 - abs(t))], "o", color=house.TEAL)
    below.text(-2.05, 0.75, r"$(f*g)(t)$", color=house.TEAL, fontsize=house.TEXT)
    above.set(ylim=(0, 1.25), xlim=(-2.1, 2.1), ylabel="高度", yticks=[0, 1])
    below.set(ylim=(0, 1.25), xlabel=r"$\tau$（上）与 $t$（下）", ylabel="重叠面积", yticks=[0, 1])


animation = FuncAnimation(fig, draw, frames=len(times) + 6, interval=140)
draw(len(times) - 1)
plt.show()
