"""封面：一张网格穿过一层层变换。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

fig, ax = house.canvas(5.2, 7.2)
steps = np.linspace(-1, 1, 9)
fine = np.linspace(-1, 1, 60)
hues = [house.BLUE, house.TEAL, house.PURPLE, house.ORANGE]
for level, color in enumerate(hues):
    bend = 0.16 * level
    turn = 0.22 * level

    def place(x, y):
        """一层：转一点，弯一点，再斜着放到页面上。"""
        u, v = x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)
        u, v = u + bend * np.sin(2 * v), v + bend * np.sin(2 * u)
        return 2.6 + 1.25 * u + 0.25 * v, 1.2 + 1.6 * level + 0.42 * v - 0.1 * u

    for s in steps:
        ax.plot(*place(fine, np.full(60, s)), color=color, linewidth=house.EDGE, alpha=0.8)
        ax.plot(*place(np.full(60, s), fine), color=color, linewidth=house.EDGE, alpha=0.8)
    if level:
        house.arrow(ax, (2.6, 1.2 + 1.6 * level - 1.05), (2.6, 1.2 + 1.6 * level - 0.5), color=house.MUTED)
plt.show()
