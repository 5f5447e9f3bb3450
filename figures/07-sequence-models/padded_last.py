"""The last position of a padded sentence has read the padding; its own last state stands earlier."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

words = ["下", "雨", "0", "0", "0"]
fig, ax = house.canvas(5.0, 2.6)
states = []
for t, word in enumerate(words):
    x = 0.6 + 0.95 * t
    real = word != "0"
    color = house.BLUE if real else house.GREY
    read = house.box(ax, (x, 0.45), word, width=0.6, height=0.6, color=color)
    hue, filled = {1: (house.TEAL, True), 4: (house.RED, True)}.get(t, (color, False))
    name = f"$h_{t + 1}$"
    states.append(house.box(ax, (x, 1.5), name, width=0.6, height=0.6, color=hue, filled=filled))
    house.arrow(ax, read.top, states[-1].bottom, gap=1)
    if t:
        house.arrow(ax, states[-2].right, states[-1].left, gap=1)
house.label(ax, (1.55, 2.15), "这句的最后一步", color=house.TEAL, size=house.SMALL)
house.label(ax, (4.3, 2.15), "被 0 冲过", color=house.RED, size=house.SMALL)
plt.show()
