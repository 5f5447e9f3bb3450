"""两个 3×3 叠起来，看到的就是一个 5×5。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(5.7, 5.2)
CELL = 0.36
whole = [(m, n) for m in range(5) for n in range(5)]
big = house.matrix(ax, (1.2, 4.0), rows=5, cols=5, cell=CELL, marked=whole)
mid = house.matrix(ax, (3.35, 4.0), rows=3, cols=3, cell=CELL, color=house.TEAL)
one = house.matrix(ax, (4.9, 4.0), rows=1, cols=1, cell=CELL, color=house.PURPLE)
house.arrow(ax, big.right, mid.left, "3×3")
house.arrow(ax, mid.right, one.left, "3×3")
house.label(ax, (2.85, 2.82), "9 + 9 = 18 个权重", color=house.INK)
big = house.matrix(ax, (1.2, 1.4), rows=5, cols=5, cell=CELL, marked=whole)
one = house.matrix(ax, (4.9, 1.4), rows=1, cols=1, cell=CELL, color=house.PURPLE)
house.arrow(ax, big.right, one.left, "5×5")
house.label(ax, (2.85, 0.24), "25 个权重", color=house.INK)
plt.show()
