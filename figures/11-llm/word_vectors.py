"""预训练以前和以后的词向量，两个主方向。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from parts import learnt

data = learnt("finetune")
fig, axes = house.figure(11.6, 4.9, cols=2)
names = ("吃的", "动物", "天气", "车船")
looks = tuple(zip((house.BLUE, house.ORANGE, house.TEAL, house.RED), "os^D", names))
for ax, key, title in zip(axes, ("before", "after"), ("预训练以前", "预训练以后")):
    for g, (color, marker, name) in enumerate(looks):
        points = data[key][6 * g : 6 * g + 6]
        ax.plot(*zip(*points), marker, color=color, markersize=11, label=name)
    ax.set(title=title, xlabel="第一主方向", ylabel="第二主方向", xticks=[], yticks=[])
axes[0].legend(loc="best")
plt.show()
