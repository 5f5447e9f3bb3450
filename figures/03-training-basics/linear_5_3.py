"""Shapes of nn.Linear(5, 3): y = x W^T + b."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch import nn

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

linear = nn.Linear(5, 3)
x = torch.zeros(2, 5)
y = linear(x)


def draw(at, tensor, color, name):
    rows, cols = tensor.shape if tensor.dim() == 2 else (1, len(tensor))
    return house.matrix(
        ax, (at, 2.4), rows=rows, cols=cols, color=color, name=name, shape=str(tuple(tensor.shape))
    )


fig, ax = house.canvas(11.4, 4.4)
draw(1.65, x, house.BLUE, "$x$")
house.label(ax, (3.4, 2.4), "@", mono=True, size=26)
draw(4.65, linear.weight.T, house.ORANGE, r"$W^\top$")
house.label(ax, (5.95, 2.4), "+", size=30)
draw(7.25, linear.bias, house.ORANGE, "$b$")
house.label(ax, (8.55, 2.4), "=", size=30)
draw(9.9, y, house.TEAL, "$y$")
house.label(
    ax,
    (5.7, 0.3),
    f"存放的是 $W$，形状 {tuple(linear.weight.shape)}：先输出、后输入；$b$ 加到每一行",
    color=house.MUTED,
)
plt.show()
