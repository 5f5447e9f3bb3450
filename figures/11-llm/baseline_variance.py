"""减去同组平均以后，策略梯度的方差小了多少。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from parts import learnt

stages = learnt("grpo")["stages"]
fig, ax = house.figure(10.6, 4.5)
for k, (offset, without, with_) in enumerate(stages):
    a = ax.bar(k - 0.2, without, 0.38, color=house.tint(house.GREY, 0.4), hatch="//", edgecolor=house.PAPER)
    b = ax.bar(k + 0.2, with_, 0.38, color=house.TEAL)
    for x, value in ((k - 0.2, without), (k + 0.2, with_)):
        shown = f"{value:.2f}" if value < 10 else f"{value:.0f}"
        house.label(ax, (x, value * 1.1), shown, size=house.SMALL, va="bottom")
ax.set_xticks(range(len(stages)), [f"+{offset}" if offset else "不加" for offset, _, _ in stages])
ax.set(xlabel="所有分数一起加几", ylabel="策略梯度的方差（对数）", yscale="log", ylim=(0.2, 3000))
ax.legend([a, b], ["直接用分数", "减去同组平均"], loc="upper left")
ax.grid(axis="x", visible=False)
plt.show()
