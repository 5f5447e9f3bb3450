"""步长和填充：核停在哪些地方，输出就有几格。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.animation import FuncAnimation

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

settings = [(0, 1, "不填充，步长 1"), (1, 1, "填充 1，步长 1"), (1, 2, "填充 1，步长 2")]
fig, ax = house.canvas(11.4, 4.9)
frame = ax.axis()
N, K, CELL = 5, 3, 0.42


def draw(step):
    """三种设置同时走；走完的停在最后一格。"""
    ax.clear()
    ax.axis("off")
    ax.axis(frame)
    for middle, (p, s, title) in zip((1.95, 5.7, 9.45), settings):
        side, out = N + 2 * p, (N + 2 * p - K) // s + 1
        now = min(step, out * out - 1)
        i, j = divmod(now, out)
        grid = house.matrix(ax, (middle, 3.0), rows=side, cols=side, cell=CELL, color=house.GREY)
        house.matrix(ax, (middle, 3.0), rows=N, cols=N, cell=CELL, color=house.BLUE, order=4)
        x, y = grid.cells[i * s, j * s]
        ax.add_patch(
            plt.Rectangle(
                (x - CELL / 2, y + CELL / 2 - K * CELL), K * CELL, K * CELL,
                facecolor=house.ORANGE, alpha=0.35, edgecolor=house.ORANGE, linewidth=house.LINE, zorder=5,
            )
        )
        done = [(k // out, k % out) for k in range(now + 1)]
        house.matrix(
            ax, (middle + 0.75,
                0.72), rows=out, cols=out, cell=0.24, color=house.HAIRLINE, marked=done, mark_color=house.TEAL
        )
        house.label(ax, (middle - 0.05, 0.72), f"输出 {out}×{out}", color=house.TEAL, ha="right",
            size=house.SMALL)
        house.label(ax, (middle, 4.72), title)


animation = FuncAnimation(fig, draw, frames=29, interval=350)
draw(28)
plt.show()
