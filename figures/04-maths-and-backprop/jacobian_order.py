"""A product of Jacobians from the loss back is cheap; from the input on it is dear."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(5.6, 5.4)


def chain(y, marked, title, note, color):
    """A row vector and three square matrices; the pair that is multiplied first is framed."""
    house.label(ax, (2.8, y + 0.98), title, bold=True, size=23, color=color)
    x = 0.3
    spots = []
    for k, rows in enumerate((1, 4, 4, 4)):
        centre = (x + 0.52, y)
        shade = house.RED if k == 0 else house.BLUE
        spots.append(house.matrix(ax, centre, rows=rows, cols=4, cell=0.26, color=shade))
        x += 1.32
    first, last = spots[marked[0]], spots[marked[1]]
    ax.plot([first.left[0], last.right[0]], [y - 0.68] * 2, color=color, linewidth=5, solid_capstyle="round")
    house.label(ax, (2.8, y - 1.05), note, size=21)


chain(3.95, (0, 1), "从损失往回", "先乘：向量 × 矩阵，$n^2$ 次乘法", house.TEAL)
chain(1.3, (2, 3), "从输入往前", "先乘：矩阵 × 矩阵，$n^3$ 次乘法", house.ORANGE)
plt.show()
