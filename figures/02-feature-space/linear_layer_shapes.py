"""线性层的形状：(N,d) 乘 (d,e) 加 (e,) 得 (N,e)。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

N, d, e = 4, 3, 2
y = torch.randn(N, d) @ torch.randn(d, e) + torch.randn(e)
assert y.shape == (N, e)

fig, ax = house.canvas(11.2, 4.4)
cell = 0.62
X = house.matrix(ax, (1.7, 2.2), rows=N, cols=d, cell=cell, color=house.BLUE, name="$X$", shape="(N, d)")
W = house.matrix(ax, (4.5, 2.2), rows=d, cols=e, cell=cell, color=house.ORANGE, name="$W$", shape="(d, e)")
B = house.matrix(ax, (6.9, 2.2), rows=1, cols=e, cell=cell, color=house.ORANGE, name="$b$", shape="(e,)")
Y = house.matrix(ax, (9.5, 2.2), rows=N, cols=e, cell=cell, color=house.TEAL, name="$Y$", shape="(N, e)")
for x, sign in ((3.25, "×"), (5.72, "+"), (8.15, "=")):
    house.label(ax, (x, 2.2), sign, size=30)
house.dimension(ax, (X.left[0] - 0.35, X.bottom[1]), (X.left[0] - 0.35, X.top[1]), "N 个样本")
house.label(ax, (3.1, 0.22), "两个 d 必须相等，乘完就消失", color=house.MUTED, size=house.SMALL)
house.label(ax, (8.3, 0.22), "$b$ 加到每一行", color=house.MUTED, size=house.SMALL)
plt.show()
