"""封面：一张数字，一层层变小、变厚的特征图。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
from sklearn.datasets import load_digits

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

picture = load_digits().images[3]
fig, ax = house.canvas(5.2, 7.2)
ax.imshow(picture, cmap="house", extent=(1.55, 3.65, 5.0, 7.1), interpolation="bilinear", zorder=3)
ax.set(xlim=(0, 5.2), ylim=(0, 7.2), aspect="equal")
sizes = [(1.9, 0.35, 3.95), (1.4, 0.7, 2.8), (0.95, 1.05, 1.85), (0.5, 1.5, 1.05)]
for number, (side, depth, y) in enumerate(sizes):
    color = (house.BLUE, house.TEAL, house.PURPLE, house.ORANGE)[number]
    house.cuboid(ax, (2.6, y), width=side, height=side * 0.55, depth=depth * 0.6, color=color)
for k in range(10):
    house.node(ax, (0.7 + 0.42 * k, 0.32), radius=0.13, color=house.ORANGE, filled=k == 3)
plt.show()
