"""步长和填充：核停在哪些地方，输出就有几格。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.animation import FuncAnimation

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

settings = [(0, 1, "不填充，步长 1"), (1, 1, "填充 1，步长 1"), (1, 2, "填充 1，步长 2")]
fig, ax = house.canvas(11.4, 4.9)
N, K, CELL, SMALL = 4, 3, 0.48, 0.28

# 不动的只画一次；每一帧只移动橙色的窗口，点亮输出的一格。
moving = []
for middle, (p, s, title) in zip((1.95, 5.7, 9.45), settings):
    side, out = N + 2 * p, (N + 2 * p - K) // s + 1
    grid = house.matrix(ax, (middle, 3.0), rows=side, cols=side, cell=CELL, color=house.GREY)
    house.matrix(ax, (middle, 3.0), rows=N, cols=N, cell=CELL, color=house.BLUE, order=4)
    window = plt.Rectangle((0, 0), K * CELL, K * CELL, facecolor=house.ORANGE, alpha=0.35,
                           edgecolor=house.ORANGE, linewidth=house.LINE, zorder=5)
    ax.add_patch(window)
    result = house.matrix(ax, (middle + 0.75, 0.72), rows=out, cols=out, cell=SMALL, color=house.HAIRLINE)
    lit = []
    for x, y in result.cells.values():
        lit.append(plt.Rectangle((x - SMALL / 2, y - SMALL / 2), SMALL, SMALL,
                                 facecolor=house.tint(house.TEAL, 0.5), edgecolor=house.PAPER, zorder=5))
        ax.add_patch(lit[-1])
    word = f"输出 {out}×{out}"
    house.label(ax, (middle - 0.05, 0.72), word, color=house.TEAL, ha="right", size=house.SMALL)
    house.label(ax, (middle, 4.72), title)
    moving.append((grid, window, lit, s, out))


def draw(step):
    """三种设置同时走；走完的停在最后一格。"""
    for grid, window, lit, s, out in moving:
        now = min(step, out * out - 1)
        i, j = divmod(now, out)
        x, y = grid.cells[i * s, j * s]
        window.set_xy((x - CELL / 2, y + CELL / 2 - K * CELL))
        for k, cell in enumerate(lit):
            cell.set_visible(k <= now)


animation = FuncAnimation(fig, draw, frames=19, interval=350)
draw(18)
plt.show()
