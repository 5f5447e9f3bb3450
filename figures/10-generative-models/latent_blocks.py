"""Pixels and latents, drawn to scale."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

fig, ax = house.canvas(5.2, 3.3)
big = house.cuboid(ax, (1.6, 1.85), width=2.4, height=2.4, depth=0.14, color=house.BLUE)
house.label(ax, (1.6, 0.3), "像素 512×512×3", color=house.BLUE)
small = house.cuboid(ax, (4.2, 1.85), width=0.3, height=0.3, depth=0.19, color=house.ORANGE)
house.label(ax, (4.2, 2.65), "潜空间\n64×64×4", color=house.ORANGE)
house.arrow(ax, (2.9, 1.85), small.left, color=house.INK)
plt.show()
