"""四步：预训练、监督微调、奖励模型、强化学习（带 KL）。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
fig, ax = house.canvas(11.8, 4.9)
X = (1.45, 4.4, 7.35, 10.3)
names = ("预训练", "监督微调 SFT", "奖励模型", "强化学习")
data = ("海量文本", "人写的好回答", "人比较两个回答", "题目，自己回答")
get = ("会接着写", "会回答问题", "会打分", "答得更好")
colors = (house.BLUE, house.TEAL, house.PURPLE, house.ORANGE)
boxes = []
for k, (x, color) in enumerate(zip(X, colors)):
    house.label(ax, (x, 4.5), data[k], color=house.MUTED)
    box = house.box(ax, (x, 2.9), f"{k + 1}  {names[k]}", width=2.25, height=1.0, color=color, filled=k == 3)
    house.arrow(ax, (x, 4.2), box.top, color=color)
    house.label(ax, (x, 1.95), get[k], color=color, bold=True)
    boxes.append(box)
house.arrow(ax, boxes[0].right, boxes[1].left)
house.arrow(ax, boxes[1].right, boxes[2].left)
house.arrow(ax, boxes[2].right, boxes[3].left, "分数")
ax.plot([X[1], X[1], X[3]], [1.55, 0.75, 0.75], color=house.TEAL, linewidth=house.LINE)
house.arrow(ax, (X[3], 0.75), (X[3], 1.6), color=house.TEAL, width=house.LINE)
house.label(ax, ((X[1] + X[3]) / 2, 0.4), "KL：别离出发时的模型太远", color=house.TEAL)
plt.show()
