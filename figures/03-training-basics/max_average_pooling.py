"""Max and average pooling of one 4x4 map, window 2."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch.nn import functional as F

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

torch.manual_seed(2)
x = torch.randint(0, 10, (1, 1, 4, 4)).float()
largest, mean = F.max_pool2d(x, 2)[0, 0], F.avg_pool2d(x, 2)[0, 0]
hues = [house.BLUE, house.ORANGE, house.TEAL, house.PURPLE]


def windows(middle, values, size, cell, fmt):
    """Four coloured squares of size x size cells, side by side."""
    for i, hue in enumerate(hues):
        row, col = divmod(i, 2)
        part = values[row * size : (row + 1) * size, col * size : (col + 1) * size]
        at = (middle[0] + (col - 0.5) * size * cell, middle[1] + (0.5 - row) * size * cell)
        house.matrix(ax, at, values=part, cell=cell, color=hue, fmt=fmt, size=house.TEXT)


fig, ax = house.canvas(10.6, 4.8)
windows((2.3, 2.3), x[0, 0], 2, 0.9, "{:.0f}")
house.label(ax, (2.3, 4.35), "特征图 4×4，窗口 2×2", color=house.MUTED)
for middle, values, name, fmt in ((3.55, largest, "最大池化", "{:.0f}"), (1.05, mean, "平均池化", "{:.2f}")):
    windows((8.0, middle), values, 1, 0.9, fmt)
    house.arrow(ax, (4.3, 2.3), (6.85, middle), color=house.MUTED)
    house.label(ax, (9.2, middle), name, ha="left", size=house.TEXT)
plt.show()
