"""GPU 的分工：网格 → 线程块 → 共享内存里的小块 → 一个线程一个元素。"""

import matplotlib.pyplot as plt

import house

fig, ax = house.canvas(11.6, 4.8)
grid = house.matrix(
    ax, (1.75, 2.4), rows=4, cols=5, cell=0.56, color=house.TEAL, name="$Y$ 切成网格", marked=[(1, 3)]
)
house.label(ax, (1.75, 0.75), "每格一个线程块", color=house.MUTED, size=house.SMALL)

x_tile = house.matrix(
    ax, (5.1, 1.6), rows=4, cols=4, cell=0.4, color=house.BLUE, marked=[(2, k) for k in range(4)]
)
w_tile = house.matrix(
    ax, (6.9, 3.4), rows=4, cols=4, cell=0.4, color=house.ORANGE, marked=[(k, 1) for k in range(4)]
)
y_tile = house.matrix(ax, (6.9, 1.6), rows=4, cols=4, cell=0.4, color=house.TEAL, marked=[(2, 1)])
house.label(ax, (5.1, 3.4), "共享内存里的\n两个小块", color=house.MUTED, size=house.SMALL)
house.label(ax, (6.0, 0.42), "每块的线程：一起搬数，一起算", color=house.MUTED, size=house.SMALL)
house.label(ax, (6.0, 4.5), "一个线程块", bold=True)

thread = house.box(
    ax, (10.2, 2.4), "一个线程", width=2.2, height=1.0, color=house.ORANGE, note="total += x * w"
)
house.label(ax, (10.2, 1.45), "管 $Y$ 的一个\n或一小片元素", color=house.MUTED, size=house.SMALL, va="top")
for corner in (0.28, -0.28):
    x, y = grid.cells[1, 3]
    ax.plot(
        [x + 0.28, 4.15],
        [y + corner, 2.5 + corner * 6.1],
        color=house.ORANGE,
        linewidth=house.THIN,
        linestyle="--",
        zorder=5,
    )
house.arrow(ax, (y_tile.right[0], 2.4), thread.left, color=house.MUTED)
plt.show()
