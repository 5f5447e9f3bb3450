"""One row of similarities under three temperatures."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
import math

sims = (0.30, 0.25, 0.20, 0.00)
fig, axes = house.figure(5.0, 2.6, cols=3, sharey=True)
for ax, tau, color in zip(axes, (1.0, 0.07, 0.01), (house.GREY, house.TEAL, house.RED)):
    e = [math.exp(s / tau) for s in sims]
    ax.bar(range(4), [v / sum(e) for v in e], color=color)
    ax.set(title=f"τ = {tau}", xticks=range(4), xticklabels=["配", "", "", ""], ylim=(0, 1.05))
    ax.set_title(f"τ = {tau}", fontsize=house.TEXT, weight="normal")
    ax.grid(False)
axes[0].set_ylabel("概率")
plt.show()
