"""StyleGAN: noise becomes a style, and the style sets the scale of every layer."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

fig, ax = house.canvas(5.2, 3.5)
z = house.box(ax, (0.85, 3.1), "$z$", width=0.9, height=0.55, color=house.GREY)
m = house.box(ax, (0.85, 1.95), "映射网络", width=1.5, height=0.8, color=house.ORANGE)
w = house.box(ax, (0.85, 0.8), "$w$", width=0.9, height=0.55, color=house.ORANGE, filled=True)
house.arrow(ax, z.bottom, m.top)
house.arrow(ax, m.bottom, w.top)
previous = None
for k, (y, name, note) in enumerate(((3.05, "常数", "4×4"), (2.0, "卷积", "8×8"), (0.95, "卷积", "64×64"))):
    layer = house.box(ax, (3.9, y), name, note=note, width=1.5, height=0.78, color=house.BLUE)
    house.arrow(ax, (w.right[0], 0.8), (layer.left[0], y), color=house.ORANGE, bend=0.0)
    if previous:
        house.arrow(ax, previous.bottom, layer.top)
    previous = layer
house.arrow(ax, previous.bottom, (3.9, 0.35))
house.label(ax, (3.9, 0.18), "图像", color=house.TEAL)
house.label(ax, (2.1, 0.3), "每层：缩放、平移", size=house.SMALL, color=house.ORANGE)
plt.show()
