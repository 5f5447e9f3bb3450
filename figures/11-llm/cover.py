"""封面：模型写诗时，每个字的候选和选中的那个。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from parts import learnt

data = learnt("poem")
fig, ax = house.canvas(5.2, 7.2)
text = "床前明月光"
for k, character in enumerate(text):
    y = 6.45 - 1.3 * k
    house.box(ax, (0.7, y), character, width=0.9, height=0.9, color=house.BLUE, size=26)
    if k:
        house.arrow(ax, (0.7, y + 0.85), (0.7, y + 0.47), gap=0)
    shown = data["peaked"] if k == 2 else data["flat"]
    values = [p for _, p in shown[:9]]
    for i, p in enumerate(values):
        height = 0.08 + 0.85 * p / max(values)
        color = house.ORANGE if i == 0 else house.tint(house.TEAL, 0.3 + 0.05 * i)
        ax.add_patch(plt.Rectangle((1.6 + 0.38 * i, y - 0.45), 0.28, height, color=color))
plt.show()
