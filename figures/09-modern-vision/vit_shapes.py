"""The shapes of one forward pass of ViT-B/16."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(12, 1.75)
steps = (
    ("图", "3×224×224", house.BLUE),
    ("切块", "196×768", house.BLUE),
    ("拼类别词", "197×768", house.ORANGE),
    ("加位置", "197×768", house.ORANGE),
    ("过 12 个块", "197×768", house.PURPLE),
    ("取第 0 个词", "768", house.TEAL),
    ("分类头", "1000", house.TEAL),
)
before = None
for k, (name, shape, color) in enumerate(steps):
    now = house.box(ax, (0.8 + 1.733 * k, 0.6), width=1.36, height=0.8, color=color)
    house.label(ax, now.center, shape, mono=True, size=house.SMALL)
    house.label(ax, (now.center[0], 1.35), name, color=color)
    if before:
        house.arrow(ax, before.right, now.left, gap=2)
    before = now
plt.show()
