"""KL 的两种估计：−d 有正有负，e^d − d − 1 总不小于 0。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
import numpy as np

d = np.linspace(-2, 2, 200)
fig, ax = house.figure(5.2, 2.7)
ax.plot(d, -d, color=house.GREY, linestyle="--")
ax.plot(d, np.exp(d) - d - 1, color=house.TEAL)
ax.axhline(0, color=house.INK, linewidth=house.THIN)
ax.text(-1.95, 2.35, "$-d$", color=house.GREY, fontsize=house.TEXT, va="bottom")
ax.text(1.4, 2.6, "$e^d-d-1$", color=house.TEAL, fontsize=house.TEXT, ha="right")
ax.set(xlim=(-2, 2), ylim=(-2, 4))
ax.set_xlabel(r"$d=\log\pi_{ref}-\log\pi_\theta$", fontsize=house.TEXT)
ax.set_ylabel("KL 的估计", fontsize=house.SMALL)
plt.show()
