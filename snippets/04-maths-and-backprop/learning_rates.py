# /// script
# dependencies = ["torch", "matplotlib"]
# ///
"""Five learning rates on the same parabola: J = (w - 3)^2 multiplies its error by 1 - 2 rate."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

# %% rates
def descend(rate, steps=12):
    path = [0.0]
    for _ in range(steps):
        path.append(path[-1] - rate * 2 * (path[-1] - 3))
    return np.array(path)

rates = {0.02: "太小：走不动", 0.3: "合适", 0.9: "太大：来回跳", 1.03: "过头：越跳越远"}
limit = 1.0
for rate in rates:
    path = descend(rate)
    assert np.allclose(path - 3, -3 * (1 - 2 * rate) ** np.arange(len(path)))
    assert (abs(path[-1] - 3) > 3) == (rate > limit)

# %% panels
#| label: learning_rates
fig, axes = house.figure(12, 4.6, cols=4, sharex=True, sharey=True)
w = np.linspace(-2.2, 8.2, 200)
for ax, (rate, name), color in zip(axes, rates.items(), (house.GREY, house.TEAL, house.ORANGE, house.RED)):
    path = descend(rate)
    ax.plot(w, (w - 3) ** 2, color=house.HAIRLINE)
    ax.plot(path, (path - 3) ** 2, color=color, marker="o", markersize=6, linewidth=1.6)
    ax.plot(path[0], 9, marker="o", markersize=11, color=house.INK)
    ax.set(title=f"$\\eta = {rate}$\n{name}", xlabel="$w$", ylim=(-1, 27), xlim=(-2.2, 8.2))
axes[0].set_ylabel("损失 $J$")
plt.show()
