"""Two cuts through one surface: each is a function of one variable."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

def L(w1, w2):
    return w1**2 + w1 * w2 + 2 * w2**2


fig, axes = house.figure(5, 4.1, rows=2)
at = np.array([1.0, 0.5])
t = np.linspace(-1.6, 2.2, 100)
for ax, k, color, slope in [(axes[0], 0, house.BLUE, 2.5), (axes[1], 1, house.ORANGE, 3.0)]:
    points = np.tile(at, (100, 1))
    points[:, k] = t
    ax.plot(t, L(*points.T), color=color)
    ax.plot(t, L(*at) + slope * (t - at[k]), color=house.INK, linestyle="--", linewidth=1.8)
    ax.plot(at[k], L(*at), "o", color=house.INK, markersize=10)
    fixed = "$w_2=0.5$ 不动" if k == 0 else "$w_1=1$ 不动"
    ax.text(-0.9, 6.9, f"{fixed}\n斜率 {slope}", color=color, fontsize=house.SMALL, va="top", linespacing=1.3)
    ax.set(xlabel=f"$w_{k + 1}$", ylabel="$L$", ylim=(-1, 7), yticks=[0, 4], xlim=(-1.6, 2.2))
plt.show()
