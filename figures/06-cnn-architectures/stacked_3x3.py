"""两个 3×3 叠起来，看到的就是一个 5×5。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(5.0, 3.2)
CELL = 0.24
whole = [(m, n) for m in range(5) for n in range(5)]
big = house.matrix(ax, (0.85, 2.5), rows=5, cols=5, cell=CELL, marked=whole)
mid = house.matrix(ax, (2.85, 2.5), rows=3, cols=3, cell=CELL, color=house.TEAL)
one = house.matrix(ax, (4.55, 2.5), rows=1, cols=1, cell=CELL, color=house.PURPLE)
house.arrow(ax, big.right, mid.left, "3×3：9")
house.arrow(ax, mid.right, one.left, "3×3：9")
house.label(ax, (3.2, 1.8), "共 18 个权重", size=house.SMALL)
big = house.matrix(ax, (0.85, 0.8), rows=5, cols=5, cell=CELL, marked=whole)
one = house.matrix(ax, (4.55, 0.8), rows=1, cols=1, cell=CELL, color=house.PURPLE)
house.arrow(ax, big.right, one.left, "5×5：25")
house.label(ax, (3.2, 0.35), "共 25 个权重", size=house.SMALL)
plt.show()
