"""Three neighbourhoods that sum, mean and max do or do not tell apart."""

import math
import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

from parts import links, spots

fig, ax = house.canvas(5.0, 2.9)
for k, (name, values) in enumerate((("a", [1, 3]), ("b", [1, 1, 3, 3]), ("c", [1, 3, 3]))):
    center = (1.35 + 1.4 * k, 2.1)
    turns = [math.pi / 2 + 2 * math.pi * (i + 0.5) / len(values) for i in range(len(values))]
    around = [(center[0] + 0.48 * math.cos(t), center[1] + 0.48 * math.sin(t)) for t in turns]
    links(ax, [center, *around], [(0, i + 1) for i in range(len(values))], color=house.GREY)
    spots(ax, [center], house.tint(house.ORANGE, 0.6), radius=0.19, edge=house.ORANGE, texts=[name])
    fills = [house.tint(house.BLUE, 0.86 if v == 1 else 0.5) for v in values]
    spots(ax, around, fills, radius=0.19, edge=house.BLUE, texts=values)
    for row, value in enumerate((sum(values), sum(values) / len(values), max(values))):
        house.label(ax, (center[0], 1.12 - 0.4 * row), f"{value:.3g}", mono=True)
for row, name in enumerate(("和", "平均", "最大")):
    house.label(ax, (0.4, 1.12 - 0.4 * row), name, color=house.MUTED, size=house.SMALL)
plt.show()
