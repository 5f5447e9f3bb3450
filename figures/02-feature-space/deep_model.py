"""深度模型：前 n-1 层把特征变成特征，第 n 层把特征变成答案。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

fig, ax = house.canvas(11.4, 4.6)
widths = [4, 5, 5, 4, 3]
xs = [1.9, 4.0, 6.1, 8.2, 10.0]
colors = [house.BLUE, house.TEAL, house.TEAL, house.TEAL, house.ORANGE]
names = ["输入特征", "特征 1", "特征 2", "特征 n−1", "得分"]
layers = [
    house.neurons(ax, x, n, middle=2.45, gap=0.66, radius=0.24, color=c)
    for x, n, c in zip(xs, widths, colors)
]
for number, (a, b) in enumerate(zip(layers, layers[1:])):
    if number == 2:
        house.label(ax, ((xs[2] + xs[3]) / 2, 2.45), "···", size=34, color=house.MUTED)
    else:
        house.connect(ax, a, b)
for x, name, c in zip(xs, names, colors):
    house.label(ax, (x, 0.52), name, color=c, size=house.SMALL)
for left, right, text, color in (
    (xs[0], xs[3], "前 n−1 层：特征 → 特征", house.TEAL),
    (xs[3], xs[4], "第 n 层：→ 答案", house.ORANGE),
):
    pad = 0.08
    ax.plot([left + pad, right - pad], [4.2, 4.2], color=color, linewidth=house.LINE)
    house.label(ax, ((left + right) / 2, 4.38), text, color=color, size=house.SMALL)
house.label(ax, (0.62, 2.45), "样本", color=house.MUTED)
house.label(ax, (11.0, 2.45), "任务", color=house.MUTED)
plt.show()
