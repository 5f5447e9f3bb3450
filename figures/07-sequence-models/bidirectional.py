"""Two recurrent networks read the same sentence from both ends; their states stand side by side."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

words = ["他", "把", "门", "打", "开", "了"]

fig, ax = house.canvas(11.6, 4.9)
for t, word in enumerate(words):
    x = 2.6 + 1.45 * t
    source = house.box(ax, (x, 0.6), word, width=0.75, height=0.66, color=house.BLUE)
    ahead = house.box(ax, (x - 0.22, 1.95), width=0.62, height=0.62, color=house.TEAL, filled=t == 5)
    back = house.box(ax, (x + 0.22, 3.05), width=0.62, height=0.62, color=house.ORANGE, filled=t == 0)
    house.arrow(ax, (x - 0.22, 0.93), ahead.bottom, gap=2)
    house.arrow(ax, (x + 0.24, 0.93), (x + 0.24, 2.74), gap=2, color=house.MUTED)
    target = house.box(ax, (x, 4.3), width=0.9, height=0.42, color=house.PURPLE)
    house.arrow(ax, (x - 0.22, 2.26), (x - 0.22, 4.09), gap=2, color=house.MUTED)
    house.arrow(ax, (x + 0.22, 3.36), (x + 0.22, 4.09), gap=2, color=house.MUTED)
    if t:
        house.arrow(ax, (x - 1.45 + 0.09, 1.95), (x - 0.53, 1.95), color=house.TEAL, gap=0, width=2.2)
        house.arrow(ax, (x - 0.09, 3.05), (x - 1.45 + 0.53, 3.05), color=house.ORANGE, gap=0, width=2.2)
house.label(ax, (1.75, 1.95), "正向 →", color=house.TEAL, ha="right")
house.label(ax, (1.75, 3.05), "← 反向", color=house.ORANGE, ha="right")
house.label(ax, (1.75, 4.3), "拼接", color=house.PURPLE, ha="right")
house.label(ax, (10.65, 1.95), "读完", color=house.TEAL, size=house.SMALL)
house.label(ax, (2.05, 3.55), "读完", color=house.ORANGE, size=house.SMALL)
plt.show()
