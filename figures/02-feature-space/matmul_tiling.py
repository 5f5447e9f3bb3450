"""分块：X 的一块行带与 W 的一块列带，逐对小块相乘，累加到 Y 的一块。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.patches import Rectangle

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

fig, ax = house.canvas(6.4, 5.35)
t = 0.52
size = 4


def blocks(x, y, color, name, marked):
    """4×4 个小块；marked 里的按先后编号。"""
    shape = house.matrix(ax, (x, y), rows=size, cols=size, cell=t, color=color)
    house.label(ax, (x, y + size * t / 2 + 0.1), name, color=color, size=24, va="bottom")
    for number, at in enumerate(marked, start=1):
        cx, cy = shape.cells[at]
        ax.add_patch(
            Rectangle(
                (cx - t / 2, cy - t / 2),
                t,
                t,
                facecolor=color,
                edgecolor=house.PAPER,
                zorder=4,
                alpha=1 if number == 2 else 0.45,
            )
        )
        if len(marked) > 1:
            house.label(ax, (cx, cy), str(number), color=house.PAPER if number == 2 else house.INK, size=20)
    return shape


W = blocks(4.9, 3.75, house.ORANGE, "$W$", [(k, 2) for k in range(size)])
X = blocks(1.9, 1.3, house.BLUE, "$X$", [(1, k) for k in range(size)])
Y = blocks(4.9, 1.3, house.TEAL, "", [(1, 2)])
house.label(ax, (Y.right[0] + 0.1, 1.3), "$Y$", color=house.TEAL, size=24, ha="left")
house.arrow(
    ax, (X.right[0], X.cells[1, 3][1]), (Y.cells[1, 2][0] - t / 2, Y.cells[1, 2][1]), color=house.MUTED
)
house.arrow(
    ax, (W.cells[3, 2][0], W.bottom[1]), (Y.cells[1, 2][0], Y.cells[1, 2][1] + t / 2), color=house.MUTED
)
house.label(ax, (1.9, 4.1), "第 2 步：\n缓存里只有\n三个小块", color=house.MUTED, size=22)
plt.show()
