"""选 15%，选中的再分成八、一、一。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.figure(5.2, 2.9)
ax.barh(1, 15, height=0.5, color=house.INK)
ax.barh(1, 85, left=15, height=0.5, color=house.tint(house.GREY, 0.6), hatch="//", edgecolor=house.PAPER)
ax.text(57, 1, "没选中，不算损失", ha="center", va="center", fontsize=house.SMALL,
        bbox={"color": house.PAPER, "pad": 2})
ax.text(7.5, 1, "15", ha="center", va="center", color=house.PAPER, fontsize=house.SMALL)
left = 0
for share, color, name in ((80, house.ORANGE, "盖住"), (10, house.PURPLE, "换"), (10, house.TEAL, "留")):
    ax.barh(0, share, left=left, height=0.5, color=color, edgecolor=house.PAPER)
    ax.text(left + share / 2, 0, name, ha="center", va="center", color=house.PAPER, fontsize=house.SMALL)
    left += share
for a, b in ((0, 0), (15, 100)):
    ax.plot([a, b], [0.75, 0.25], color=house.MUTED, linestyle=":", linewidth=house.EDGE)
ax.set_yticks([1, 0], ["所有字", "选中的"], fontsize=house.SMALL)
ax.set(xlim=(0, 100), xlabel="占多少 (%)")
ax.grid(visible=False)
plt.show()
