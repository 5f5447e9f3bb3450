"""J is the mean of the squared distances from the data to the line."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

rng = np.random.default_rng(4)
x = np.linspace(-1, 1, 9)
y = 1.5 * x + 0.5 + 0.35 * rng.standard_normal(9)
fig, ax = house.figure(5, 3.2)
w, b = 0.6, 0.7
for p, q in zip(x, y):
    ax.plot([p, p], [q, w * p + b], color=house.RED, linewidth=2)
ax.plot(x, w * x + b, color=house.BLUE)
ax.plot(x, y, "o", color=house.INK, markersize=10)
ax.text(0.5, 0.55, r"预测 $\hat y$", color=house.BLUE, fontsize=house.TITLE)
ax.text(-0.98, 2.05, "真值 $y$", color=house.INK, fontsize=house.TITLE)
ax.text(-0.98, 1.6, r"差 $y-\hat y$", color=house.RED, fontsize=house.TITLE)
ax.set(xlabel="$x$", ylabel="$y$", ylim=(-1.4, 2.4))
plt.show()
