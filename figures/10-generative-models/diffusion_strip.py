"""Digits under more and more noise, by the closed form."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

import numpy as np

from parts import learnt, picture

real = np.reshape(learnt("digits")["real"], (10, 12, 64))
abar = np.cumprod(1 - np.linspace(1e-4, 0.02, 1000))
random = np.random.default_rng(0)
times = (0, 50, 100, 200, 300, 400, 600, 1000)
fig, grid = house.figure(11.6, 4.6, rows=3, cols=len(times))
for line, digit in zip(grid, (3, 0, 7)):
    noise = random.standard_normal(64)
    for ax, t in zip(line, times):
        a = abar[t - 1] if t else 1.0
        picture(ax, np.sqrt(a) * real[digit, 0] + np.sqrt(1 - a) * noise, -1.6, 1.6)
for ax, t in zip(grid[0], times):
    ax.set_title(f"$t={t}$", fontsize=house.TEXT, weight="normal")
for ax, t in zip(grid[2], times):
    a = abar[t - 1] if t else 1.0
    ax.set_xlabel(rf"$\sqrt{{\bar\alpha_t}}={np.sqrt(a):.2f}$", fontsize=house.SMALL)
plt.show()
