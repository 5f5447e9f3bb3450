"""One level of the way up: channels are drawn to scale."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(5.2, 2.75)
INCH = 1.7 / 64                                # per channel


def bar(x, middle, channels, color, text=""):
    shape = house.box(ax, (x, middle), str(channels), width=0.62, height=channels * INCH, color=color)
    if text:
        house.label(ax, (x, 0.2), text, size=house.SMALL, color=color)
    return shape


low = bar(0.4, 1.0, 64, house.PURPLE)
old = bar(1.95, 2.27, 32, house.BLUE)
up = bar(1.95, 1.0, 32, house.TEAL)
top, bottom = bar(3.35, 1.43, 32, house.BLUE), bar(3.35, 0.57, 32, house.TEAL)
out = bar(4.8, 1.0, 32, house.TEAL)
house.arrow(ax, low.right, up.left, "up")
house.arrow(ax, old.right, top.left, color=house.ORANGE)
house.arrow(ax, up.right, bottom.left, color=house.ORANGE)
house.arrow(ax, (3.66, 1.0), out.left, "merge")
house.label(ax, (1.55, 2.27), "旧特征", size=house.SMALL, color=house.BLUE, ha="right")
house.label(ax, (3.35, 2.1), "拼成 64", size=house.SMALL, color=house.ORANGE)
plt.show()
