"""LeNet-5 逐层的尺寸；形状来自一次前向计算。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch import nn

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

sys.path.append(str(Path(__file__).resolve().parents[2] / "snippets" / "06-cnn-architectures"))
from lenet5 import lenet5
from parts import pipeline

x = torch.zeros(1, 1, 32, 32)
stages, vectors = [("输入", 1, 32, house.BLUE)], []
names = iter(("C1 卷积", "S2 池化", "C3 卷积", "S4 池化", "C5 卷积"))
for layer in lenet5:
    x = layer(x)
    if isinstance(layer, nn.Conv2d | nn.AvgPool2d):
        color = house.ORANGE if isinstance(layer, nn.Conv2d) else house.TEAL
        stages.append((next(names), x.shape[1], x.shape[2], color))
    elif isinstance(layer, nn.Linear):
        vectors.append(x.shape[1])
fig, ax = house.canvas(11.6, 4.8)
blocks = pipeline(ax, stages, left=0.5, right=9.1, middle=2.5, tallest=2.4, thickest=1.0, top=4.4)
last = blocks[-1].right
for at, size, name in zip((9.85, 10.85), vectors, ("F6", "输出")):
    bar = house.box(ax, (at, 2.5), str(size), width=0.72, height=0.5 + size / 60,
        color=house.PURPLE, mono=True, size=house.SMALL)
    house.arrow(ax, last, bar.left, gap=1)
    house.label(ax, (at, 4.04 if size > 50 else 4.4), name, color=house.PURPLE, size=house.SMALL)
    last = bar.right
plt.show()
