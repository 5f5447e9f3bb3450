"""From raw pictures to three sets; the sizes are those of the lecture's data."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
sys.path.append(str(Path(__file__).resolve().parents[2] / "snippets/shared"))
import house
from data import load_split


train_set, val_set, test_set, source = load_split()
total = len(train_set) + len(val_set) + len(test_set)

fig, ax = house.canvas(11.4, 4.6)
house.label(ax, (0.3, 4.2), f"{source}：共 {total} 张", ha="left")
at, width = 0.3, 10.8
parts = [
    (train_set, "训练集", "更新参数；均值、标准差只在这里算", house.BLUE),
    (val_set, "验证集", "选学习率、轮数", house.ORANGE),
    (test_set, "测试集", "最后只报一次成绩", house.TEAL),
]
for part, name, use, color in parts:
    share = width * len(part) / total
    box = house.box(ax, (at + share / 2, 3.05), f"{len(part)}", width=share - 0.08, height=1.1, color=color)
    foot = 1.55 if part is not val_set else 0.65
    house.arrow(ax, box.bottom, (box.bottom[0], foot + 0.4), color=color)
    house.label(ax, (box.bottom[0], foot + 0.12), name, color=color, bold=True)
    house.label(ax, (box.bottom[0], foot - 0.32), use, color=house.MUTED, size=house.SMALL)
    at += share
plt.show()
