"""GPU 的分工：网格 → 线程块 → 共享内存里的小块 → 一个线程一个元素。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

fig, ax = house.canvas(11.6, 4.8)
grid = house.matrix(
    ax, (1.75, 2.4), rows=4, cols=5, cell=0.56, color=house.TEAL, name="$Y$ 切成网格", marked=[(1, 3)]
)
house.label(ax, (1.75, 0.75), "每格一个线程块", color=house.MUTED)

tiles = [
    ("$X$", house.BLUE, (5.2, 1.65), [(2, k) for k in range(4)]),
    ("$W$", house.ORANGE, (7.0, 3.45), [(k, 1) for k in range(4)]),
    ("$Y$", house.TEAL, (7.0, 1.65), [(2, 1)]),
]
for name, color, at, marked in tiles:
    tile = house.matrix(ax, at, rows=4, cols=4, cell=0.4, color=color, marked=marked)
    house.label(ax, (tile.center[0] + 0.6, tile.center[1] + 0.6), name, color=color)
house.label(ax, (5.2, 3.45), "共享内存里的\n两个小块", color=house.MUTED)
house.label(ax, (6.1, 0.45), "块内的线程：一起搬数，一起算", color=house.MUTED)
house.label(ax, (6.1, 4.55), "一个线程块", bold=True)
for corner, height in ((0.28, 4.25), (-0.28, 0.85)):
    x, y = grid.cells[1, 3]
    ax.plot(
        [x + 0.28, 4.25],
        [y + corner, height],
        color=house.ORANGE,
        linewidth=house.THIN,
        linestyle="--",
        zorder=5,
    )

element = tile.cells[2, 1]
thread = house.box(
    ax, (10.2, element[1]), "一个线程", width=2.2, height=1.0, color=house.ORANGE, note="total += x * w"
)
house.arrow(ax, (element[0] + 0.2, element[1]), thread.left, color=house.MUTED)
house.label(
    ax, (10.2, thread.bottom[1] - 0.12), "管一个或几个元素", color=house.MUTED, va="top", size=house.SMALL
)
plt.show()
