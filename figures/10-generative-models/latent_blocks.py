"""Pixels and latents, drawn to scale."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

fig, ax = house.canvas(5.2, 4.6)
big = house.cuboid(ax, (1.95, 2.5), width=3.2, height=3.2, depth=0.19, color=house.BLUE)
house.label(ax, (1.95, 0.45), "像素 512×512×3", color=house.BLUE)
small = house.cuboid(ax, (4.6, 2.5), width=0.4, height=0.4, depth=0.25, color=house.ORANGE)
house.label(ax, (4.5, 3.35), "潜空间\n64×64×4", color=house.ORANGE)
house.arrow(ax, (3.65, 2.5), small.left, color=house.INK)
plt.show()
