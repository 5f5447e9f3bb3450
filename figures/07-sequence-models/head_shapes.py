"""The shapes on the way through multi-head attention with 8 heads of 8 numbers."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

B, T, D, heads = "B", "T", 64, 8
rows = (
    ("qkv", f"({B}, {T}, {3 * D})", house.ORANGE),
    ("view", f"({B}, {T}, 3, {heads}, {D // heads})", house.ORANGE),
    ("q, k, v", f"({B}, {heads}, {T}, {D // heads})", house.BLUE),
    ("weights", f"({B}, {heads}, {T}, {T})", house.RED),
    ("reshape", f"({B}, {T}, {D})", house.TEAL),
)
fig, ax = house.canvas(5.0, 2.6)
last = None
for k, (name, shape, color) in enumerate(rows):
    y = 2.36 - 0.53 * k
    house.label(ax, (1.35, y), name, color=color, size=house.SMALL, mono=True, ha="right")
    box = house.box(ax, (3.1, y), shape, width=2.9, height=0.36, color=color, mono=True, size=house.SMALL)
    if last:
        house.arrow(ax, last.bottom, box.top, gap=0)
    last = box
plt.show()
