# /// script
# dependencies = ["matplotlib"]
# [tool.deckwright.vary]
# moved = [0, 1, 2]
# ///
"""A square and the same one moved by one pixel: their intersection and their union."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

from matplotlib.patches import Rectangle

moved = 1
shared = (8 - moved) ** 2
fig, ax = house.canvas(5.0, 2.5)
cell, left, bottom = 0.22, 0.4, 0.15
for row in range(10):
    for col in range(10):
        a, b = row < 8 and col < 8, moved <= row < moved + 8 and moved <= col < moved + 8
        color = house.TEAL if a and b else house.BLUE if a else house.ORANGE if b else house.PAPER
        fill = house.tint(color, 0.25 if a and b else 0.55)
        at = left + col * cell, bottom + (9 - row) * cell
        ax.add_patch(Rectangle(at, cell, cell, facecolor=fill, edgecolor=house.PAPER, linewidth=house.THIN))
counts = (f"交集 {shared} 格", house.TEAL), (f"并集 {128 - shared} 格", house.INK)
texts = ("答案", house.BLUE), ("猜的", house.ORANGE), *counts
for y, (text, color) in zip((2.1, 1.6, 0.95, 0.45), texts):
    house.label(ax, (3.0, y), text, color=color, ha="left")
plt.show()
