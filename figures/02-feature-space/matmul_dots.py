"""XW 的一个元素：X 的一行与 W 的一列的点积。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

X = torch.tensor([[1, 0, 2], [0, 1, 1], [2, 1, 0], [1, 1, 1]])
W = torch.tensor([[1, -1], [2, 0], [0, 3]])
b = torch.tensor([10, 20])
XW = X @ W
i, j = 2, 0

fig, ax = house.canvas(11.2, 4.9)
cell = 0.68
house.matrix(
    ax, (2.4, 2.75), values=X, cell=cell, name="$X$", shape="(4, 3)", marked=[(i, k) for k in range(3)]
)
house.matrix(
    ax,
    (5.6, 2.75),
    values=W,
    cell=cell,
    color=house.ORANGE,
    name="$W$",
    shape="(3, 2)",
    marked=[(k, j) for k in range(3)],
)
house.matrix(
    ax, (8.8, 2.75), values=XW, cell=cell, color=house.TEAL, name="$XW$", shape="(4, 2)", marked=[(i, j)]
)
house.label(ax, (4.2, 2.75), "×", size=30)
house.label(ax, (7.2, 2.75), "=", size=30)
terms = " + ".join(f"{X[i, k]}·{W[k, j]}" for k in range(3))
house.label(
    ax,
    (5.6, 0.4),
    f"Y[{i}, {j}] = {terms} + b[{j}] = {XW[i, j]} + {b[j]} = {XW[i, j] + b[j]}",
    mono=True,
    color=house.ORANGE,
)
plt.show()
