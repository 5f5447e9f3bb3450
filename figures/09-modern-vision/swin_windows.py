"""Windows, and the same windows moved by half of their side."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from matplotlib.patches import Rectangle

fig, ax = house.canvas(12.2, 4.9)
cell = 0.46
for left, shift, title in ((0.6, 0, "这一层：8×8 格，窗口 4×4"), (6.6, 2, "下一层：窗口移 2 格")):
    bottom = 0.55
    for row in range(8):
        for col in range(8):
            r, c = (row - shift) // 4, (col - shift) // 4
            hue = (house.BLUE, house.ORANGE, house.TEAL, house.PURPLE)[(r % 2) * 2 + c % 2]
            light = 0.72 if shift == 0 or (2 <= row < 6 and 2 <= col < 6) else 0.84
            ax.add_patch(Rectangle((left + col * cell, bottom + (7 - row) * cell), cell, cell,
                facecolor=house.tint(hue, light), edgecolor=house.PAPER, linewidth=house.THIN, zorder=2))
    for k in ((0, 4, 8) if shift == 0 else (0, 2, 6, 8)):
        for a, b in (((left + k * cell,) * 2, (bottom, bottom + 8 * cell)), ((left,
            left + 8 * cell), (bottom + (8 - k) * cell,) * 2)):
            ax.plot(a, b, color=house.INK, linewidth=2.6, zorder=4)
    house.label(ax, (left + 4 * cell, bottom + 8 * cell + 0.35), title)
    house.node(ax, (left + 3.5 * cell, bottom + 4.5 * cell), radius=0.15, color=house.RED, filled=True)
house.arrow(ax, (4.75, 2.4), (6.1, 2.4))
note = "红格在角上，\n移了以后\n就在中间"
house.label(ax, (10.75, 3.3), note, size=house.SMALL, color=house.RED, ha="left")
plt.show()
