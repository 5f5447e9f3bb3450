"""0 维到 4 维的张量：维数就是取一个数要几个下标。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

fig, ax = house.canvas(11.4, 3.6)
shapes = [
    tuple(t.shape)
    for t in (
        torch.tensor(3.14),
        torch.tensor([1, 2, 3]),
        torch.tensor([[1, 2], [3, 4]]),
        torch.randn(2, 3, 4),
        torch.randn(2, 3, 4, 5),
    )
]
middles = [0.8, 2.5, 4.3, 6.4, 9.5]
colors = [house.GREY, house.BLUE, house.TEAL, house.PURPLE, house.ORANGE]
names = ["标量", "向量", "矩阵", "一叠矩阵", "一批图像"]
y = 1.95
house.matrix(ax, (middles[0], y), values=[[3.14]], cell=0.62, color=colors[0])
house.matrix(ax, (middles[1], y), values=[[1, 2, 3]], cell=0.5, color=colors[1])
house.matrix(ax, (middles[2], y), values=[[1, 2], [3, 4]], cell=0.5, color=colors[2])
house.stack(ax, (middles[3], y), depth=2, rows=3, cols=4, cell=0.34, color=colors[3])
for shift in (-0.85, 0.85):
    house.stack(ax, (middles[4] + shift, y), depth=3, rows=4, cols=5, cell=0.24, offset=0.16, color=colors[4])
for rank, (x, color, name, shape) in enumerate(zip(middles, colors, names, shapes)):
    house.label(ax, (x, 3.25), f"{rank} 维 {name}", color=color, bold=True, size=house.SMALL)
    house.label(ax, (x, 0.5), str(shape), color=house.MUTED, mono=True, size=house.SMALL)
plt.show()
