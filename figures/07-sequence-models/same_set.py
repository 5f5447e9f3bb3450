"""Without positions the outputs move with their inputs, and each stays what it was."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

colors = {"狗": house.BLUE, "咬": house.ORANGE, "人": house.TEAL}
fig, ax = house.canvas(5.0, 2.9)
for left, words in ((0.15, "狗咬人"), (2.75, "人咬狗")):
    layer = house.box(ax, (left + 1.05, 1.4), "注意力", width=2.1, height=0.55, color=house.GREY)
    for k, word in enumerate(words):
        x = left + 0.35 + 0.7 * k
        below = house.box(ax, (x, 0.4), word, width=0.55, height=0.55, color=colors[word])
        above = house.box(ax, (x, 2.45), word, width=0.55, height=0.55, color=colors[word], filled=True)
        house.arrow(ax, below.top, (x, layer.bottom[1]), gap=1)
        house.arrow(ax, (x, layer.top[1]), above.bottom, gap=1)
plt.show()
