"""The slope in every direction is a cosine, with its peak in the direction of the gradient."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

g = np.array([2.5, 3.0])
uphill = np.degrees(np.arctan2(g[1], g[0]))
angle = np.arange(0, 361)
slope = np.linalg.norm(g) * np.cos(np.radians(angle - uphill))
fig, ax = house.figure(5, 4.1)
ax.plot(angle, slope, color=house.BLUE)
ax.axhline(0, color=house.MUTED, linewidth=1.2)
for at, color, text in [(uphill, house.RED, "梯度的方向"), (uphill + 180, house.TEAL, "反方向")]:
    height = np.linalg.norm(g) * np.cos(np.radians(at - uphill))
    ax.plot(at, height, "o", color=color, markersize=12)
    ax.text(at + 14, height * 1.03, text, color=color, fontsize=house.TEXT, va="center")
for at in (uphill + 90, uphill + 270):
    ax.plot(at, 0, "s", color=house.GREY, markersize=10)
ax.text(uphill + 270 - 8, 0.35, "沿等高线", color=house.MUTED, fontsize=house.SMALL, ha="right")
ax.set(xlabel="方向（度）", ylabel="走一小步的坡度")
ax.set(xticks=range(0, 361, 90), ylim=(-4.8, 4.8))
plt.show()
