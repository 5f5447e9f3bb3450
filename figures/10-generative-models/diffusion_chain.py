"""The chain: noise is added to the right, and taken away to the left."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

import numpy as np

from parts import keep_view, learnt, stamp

real = np.reshape(learnt("digits")["real"], (10, 12, 64))[3, 0]
noise = np.random.default_rng(0).standard_normal(64)
abar = np.cumprod(1 - np.linspace(1e-4, 0.02, 1000))
fig, ax = house.canvas(11.6, 4.2)
places = ((1.2, 0, "$x_0$"), (4.4, 150, "$x_{t-1}$"), (7.2, 260, "$x_t$"), (10.4, 1000, "$x_T$"))
drawn = []
for x, t, name in places:
    a = abar[t - 1] if t else 1.0
    drawn.append(stamp(ax, (x, 2.1), np.sqrt(a) * real + np.sqrt(1 - a) * noise, 1.5, -1.6, 1.6))
    house.label(ax, (x, 1.02), name)
for a, b in zip(drawn[:-1], drawn[1:]):
    house.arrow(ax, (a.right[0], 2.45), (b.left[0], 2.45), color=house.BLUE, bend=-0.25, width=2.2)
    house.arrow(ax, (b.left[0], 1.75), (a.right[0], 1.75), color=house.ORANGE, bend=-0.25, width=2.2,
                dashed=True)
house.label(ax, (5.8, 3.75), "前向：按公式加一点噪声，不用学", color=house.BLUE)
house.label(ax, (5.8, 0.4), r"反向：网络 $\epsilon_\theta(x_t,t)$ 猜出噪声，去掉一点", color=house.ORANGE)
house.label(ax, (5.8, 3.13), r"$q(x_t\,|\,x_{t-1})$", color=house.BLUE)
house.label(ax, (5.8, 1.08), r"$p_\theta(x_{t-1}\,|\,x_t)$", color=house.ORANGE)
keep_view(ax)
plt.show()
