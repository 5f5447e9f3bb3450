"""十二句微调：从零开始，与预训练过的。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

from parts import learnt

data = learnt("finetune")
fig, ax = house.figure(5.2, 3.3)
for k, (key, color) in enumerate((("scratch", house.GREY), ("pretrained", house.TEAL))):
    value = 100 * data[key]
    ax.bar(k, value, 0.6, color=color)
    house.label(ax, (k, value + 2), f"{value:.0f}%", va="bottom")
ax.axhline(25, color=house.RED, linestyle="--", linewidth=house.EDGE)
house.label(ax, (0.5, 27), "瞎猜", color=house.RED, size=house.SMALL, va="bottom")
ax.set_xticks((0, 1), ("从零开始", "预训练过"), fontsize=house.TEXT)
ax.set(ylabel="测试对了 (%)", ylim=(0, 122), yticks=(0, 50, 100))
ax.grid(axis="x", visible=False)
plt.show()
