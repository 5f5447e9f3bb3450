"""1000 samples in batches of 100: ten iterations make an epoch."""

import sys
from pathlib import Path

import math

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

samples, batch_size, epochs = 1000, 100, 5
iterations = math.ceil(samples / batch_size)

fig, ax = house.canvas(11.4, 4.5)
left, right = 1.5, 11.0
cell = (right - left) / iterations
for i in range(iterations):
    at = (left + (i + 0.5) * cell, 3.1)
    first = i == 0
    house.box(
        ax,
        at,
        str(batch_size),
        width=cell - 0.1,
        height=0.8,
        color=house.ORANGE if first else house.BLUE,
        mono=True,
        size=house.SMALL,
    )
    house.label(ax, (at[0], 2.45), str(i + 1), color=house.MUTED, size=house.SMALL, mono=True)
house.dimension(ax, (left, 4.05), (right, 4.05), f"1 个 epoch：{samples} 个样本", color=house.BLUE)
house.label(ax, (0.25, 3.1), "批次", ha="left", color=house.MUTED)
house.label(ax, (0.25, 2.45), "更新", ha="left", color=house.MUTED)

length = (right - left) / epochs
for i in range(epochs):
    at = (left + (i + 0.5) * length, 1.2)
    house.box(
        ax,
        at,
        f"epoch {i + 1}",
        width=length - 0.1,
        height=0.8,
        color=house.BLUE if i == 0 else house.GREY,
        size=house.SMALL,
        mono=True,
    )
for x0, x1 in ((left, left), (right, left + length)):
    ax.plot([x0, x1], [2.2, 1.65], color=house.GREY, linewidth=house.THIN, linestyle=(0, (4, 3)))
house.label(ax, (0.25, 1.2), "轮", ha="left", color=house.MUTED)
house.label(
    ax,
    ((left + right) / 2, 0.4),
    f"{epochs} 轮 × {iterations} 次 = {epochs * iterations} 次更新",
    color=house.MUTED,
)
plt.show()
