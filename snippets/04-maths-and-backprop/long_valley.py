# /// script
# dependencies = ["torch", "matplotlib"]
# [tool.deckwright.vary]
# rate = [0.02, 0.04, 0.09, 0.099, 0.105]
# ///
"""Gradient descent in a long valley: the steep direction limits the step, the flat one sets the time."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

# %% descend
steep, flat = 20.0, 1.0                      # J = (flat w1² + steep w2²) / 2
curvature = np.array([flat, steep])
rate = 0.09

def descend(curvature, steps):
    path = [np.array([-4.0, 1.0])]
    for _ in range(steps):
        path.append(path[-1] - rate * curvature * path[-1])
    return np.array(path)

long_valley, round_bowl = descend(curvature, 40), descend(np.array([10.0, 10.0]), 40)
limit = 2 / steep
steps_flat = int((np.abs(descend(curvature, 400)[:, 0]) > 0.1).sum())
steps_round = int((np.abs(round_bowl[:, 0]) > 0.1).sum())
assert np.allclose(long_valley[1] / long_valley[0], 1 - rate * curvature)
assert (np.abs(long_valley[-1, 1]) < 1) == (rate < limit)
to_and_fro = (np.diff(np.sign(long_valley[:8, 1])) != 0).all()     # across the valley
assert to_and_fro == (rate > 1 / steep)

# %% contour
#| label: descent_contour
walk = "左右折返，前进很慢" if rate > 1 / steep else "不折返，但前进很慢"
fig, axes = house.figure(11.6, 4.1, cols=2, sharey=True)
a, b = np.meshgrid(np.linspace(-4.6, 1.4, 121), np.linspace(-1.7, 1.7, 81))
for ax, path, (c1, c2), title in [
    (axes[0], round_bowl, (10, 10), "圆碗：直奔谷底"),
    (axes[1], long_valley, (flat, steep), f"长谷：{walk if rate < limit else '越跳越远'}"),
]:
    ax.contour(a, b, (c1 * a**2 + c2 * b**2) / 2, levels=10, colors=house.GREY, linewidths=house.THIN)
    ax.plot(*path.T, color=house.ORANGE, marker="o", markersize=5, linewidth=1.8)
    ax.plot(*path[0], marker="o", markersize=11, color=house.INK)
    ax.plot(0, 0, marker="*", markersize=18, color=house.TEAL)
    ax.set(title=title, xlabel="$w_1$", aspect="equal", xlim=(-4.6, 1.4), ylim=(-1.7, 1.7))
    ax.grid(False)
axes[0].set_ylabel("$w_2$")
plt.show()
