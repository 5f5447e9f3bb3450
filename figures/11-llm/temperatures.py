"""温度 0.5、1、2：同样的分数，三种分布。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from parts import bars, learnt, softened

pairs = [(w, p) for w, p in learnt("poem")["flat"][:8]]
fig, axes = house.figure(11.8, 4.4, cols=3, sharey=True)
for ax, T, color in zip(axes, (0.5, 1, 2), (house.BLUE, house.TEAL, house.ORANGE)):
    bars(ax, softened(pairs, T), color)
    ax.set(title=f"$T = {T}$")
axes[0].set_ylabel("概率（这八个字里）")
plt.show()
