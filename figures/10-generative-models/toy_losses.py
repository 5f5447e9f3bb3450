"""The losses of DDPM and flow matching on the two moons."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

from parts import learnt

data = learnt("toy")
fig, ax = house.figure(5.2, 4.4)
curve = data["ddpm_curve"][: 2500 // 30]  # the last mean is not of 30
steps = [30 * k + 15 for k in range(len(curve))]
ax.plot(steps, curve, color=house.BLUE)
ax.axhline(1, color=house.GREY, linestyle=":")
ax.text(steps[-1], 1.02, "只会猜 0", color=house.MUTED, fontsize=house.SMALL, ha="right")
ax.set(xlabel="更新步数", ylabel="噪声猜得差多少", ylim=(0, 1.15))
plt.show()
