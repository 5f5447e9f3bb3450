"""Noisy thermometers, their spectrum before and after a low-pass filter, and the map after it."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

import json

import numpy as np
from parts import LEARNT, links

from sensors import A, noisy, places

data = json.loads((LEARNT / "sensors.json").read_text())
fig, axes = house.figure(11.6, 4.4, cols=3, width_ratios=(1, 1.15, 1))
edges = A.triu().nonzero().tolist()
low, high = float(noisy.min()), float(noisy.max())
for ax, values, title in ((axes[0], noisy, "收到的：有噪声"), (axes[2], data["low"], "滤过的")):
    links(ax, places.tolist(), edges, width=0.6)
    dots = ax.scatter(
        *places.T,
        c=values,
        cmap="house_diverging",
        vmin=low,
        vmax=high,
        s=46,
        edgecolor=house.INK,
        linewidth=0.5,
        zorder=3,
    )
    ax.set(title=title, xticks=(), yticks=(), aspect="equal")
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
fig.colorbar(dots, ax=axes[2], label="温度 (°C)", shrink=0.8)
ax = axes[1]
lam = np.array(data["lam"])
ax.plot(lam, data["spectra"]["noisy"], ".", color=house.RED, markersize=7, label="滤前")
ax.plot(lam, data["spectra"]["low"], "x", color=house.BLUE, markersize=6, label="滤后")
ax.set(title="频谱", xlabel="$\\lambda$ (频率)", ylabel="有多少", ylim=(0, 12))
ax.legend(loc="upper right")
plt.show()
