"""感受野：从一个输出往回看，每多一层 3×3，两边各多看一格。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
from torch import nn

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

sys.path.append(str(Path(__file__).resolve().parents[2] / "snippets" / "06-cnn-architectures"))
from receptive_field import predicted

fields = [predicted([nn.Conv2d(1, 1, 3, padding=1)] * n) for n in range(4)]
fig, ax = house.canvas(11.2, 4.9)
CELL = 0.78
hues = (house.BLUE, house.TEAL, house.PURPLE, house.ORANGE)
rows = []
for level, hue in enumerate(hues):
    y = 0.75 + 1.15 * level
    seen = fields[3 - level]
    cells = 7
    start = (cells - seen) // 2
    marked = [(0, k) for k in range(start, start + seen)]
    row = house.matrix(ax, (4.6, y), rows=1, cols=cells, cell=CELL, color=house.GREY,
        marked=marked, mark_color=hue)
    name = "输入" if level == 0 else f"第 {level} 层"
    house.label(ax, (1.6, y), name, ha="right", color=hue)
    house.label(ax, (7.65, y), f"这里的 {seen} 格" if seen > 1 else "这里的一格", ha="left", color=hue)
    if rows:
        below = rows[-1]
        for k in range(start, start + seen):
            for d in (-1, 0, 1):
                low, high = below.cells[0, k + d], row.cells[0, k]
                ax.plot([low[0], high[0]], [low[1] + CELL / 2, high[1] - CELL / 2], color=hue,
                    linewidth=house.EDGE)
    rows.append(row)
house.label(ax, (9.7, 2.5), f"三层 3×3\n看到 {fields[3]}×{fields[3]}", bold=True)
plt.show()
