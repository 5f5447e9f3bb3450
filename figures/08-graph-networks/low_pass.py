"""The two filters of the slide: keep everything, and keep the low frequencies."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

import numpy as np

lam = np.linspace(0, 22, 200)
fig, ax = house.figure(5.0, 3.3)
ax.plot(lam, np.ones(200), color=house.GREY, linestyle="--")
ax.plot(lam, 1 / (1 + 0.3 * lam), color=house.BLUE)
ax.text(22, 0.84, "全留", color=house.GREY, ha="right", fontsize=house.TEXT)
ax.text(8, 0.42, "低通", color=house.BLUE, fontsize=house.TEXT)
ax.set(
    xlabel="$\\lambda$ (频率)", ylabel="$g(\\lambda)$：留下几成", xlim=(0, 22), ylim=(0, 1.08), yticks=(
        0, 0.5, 1,
    ),
)
plt.show()
