"""Shapes on the way from tokens to a picture, in the toy sizes of the pipeline."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

fig, ax = house.canvas(5.0, 3.6)
words = house.matrix(ax, (0.8, 2.75), rows=7, cols=4, cell=0.17, color=house.PURPLE)
house.label(ax, (0.8, 1.9), "词 7×16", size=house.SMALL, color=house.PURPLE)
unet = house.box(ax, (2.75, 2.75), "U-Net", note="20 次", width=1.3, height=0.95, color=house.ORANGE)
house.arrow(ax, words.right, unet.left, color=house.PURPLE, width=2.2)
noise = house.cuboid(ax, (0.8, 0.95), width=0.55, height=0.55, depth=0.24, color=house.GREY)
house.label(ax, (0.8, 0.25), "噪声 4×8×8", size=house.SMALL, color=house.MUTED)
latent = house.cuboid(ax, (2.75, 0.95), width=0.55, height=0.55, depth=0.24, color=house.TEAL)
house.label(ax, (2.75, 0.25), "潜变量 4×8×8", size=house.SMALL, color=house.TEAL)
image = house.cuboid(ax, (4.3, 1.2), width=1.1, height=1.1, depth=0.12, color=house.BLUE)
house.label(ax, (4.27, 1.17), "图\n3×64×64", size=house.SMALL, color=house.BLUE)
house.arrow(ax, noise.right, latent.left)
ax.plot([2.75, 2.75], [1.35, 2.24], color=house.ORANGE, linewidth=2.2, linestyle=":")
house.label(ax, (2.87, 1.85), "速度", size=house.SMALL, color=house.ORANGE, ha="left")
house.arrow(ax, latent.right, (3.72, 0.95), "", color=house.BLUE)
house.label(ax, (3.38, 1.2), "解码", size=house.SMALL, color=house.BLUE)
plt.show()
