"""StyleGAN: noise becomes a style, and the style sets the scale of every layer."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

fig, ax = house.canvas(5.2, 4.8)
z = house.box(ax, (0.85, 4.2), "$z$", width=0.9, height=0.7, color=house.GREY)
m = house.box(ax, (0.85, 2.75), "映射网络", width=1.5, height=1.2, color=house.ORANGE)
w = house.box(ax, (0.85, 1.2), "$w$", width=0.9, height=0.7, color=house.ORANGE, filled=True)
house.arrow(ax, z.bottom, m.top)
house.arrow(ax, m.bottom, w.top)
previous = None
for k, (y, name, note) in enumerate(((4.2, "常数", "4×4"), (2.9, "卷积", "8×8"), (1.6, "卷积", "64×64"))):
    layer = house.box(ax, (3.9, y), name, note=note, width=1.5, height=0.85, color=house.BLUE)
    house.arrow(ax, (w.right[0], 1.2), (layer.left[0], y), color=house.ORANGE, bend=0.0)
    if previous:
        house.arrow(ax, previous.bottom, layer.top)
    previous = layer
house.arrow(ax, previous.bottom, (3.9, 0.55))
house.label(ax, (3.9, 0.32), "图像", color=house.TEAL)
house.label(ax, (2.2, 0.62), "每层：缩放、平移", size=house.SMALL, color=house.ORANGE)
plt.show()
