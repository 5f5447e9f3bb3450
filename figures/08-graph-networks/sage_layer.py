"""One GraphSAGE layer: oneself and the mean of the neighbours side by side, times one matrix."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(5.0, 2.5)
a = house.matrix(ax, (1.22, 1.85), rows=1, cols=8, cell=0.27, name="自己 $h_i$")
b = house.matrix(ax, (3.78, 1.85), rows=1, cols=8, cell=0.27, color=house.TEAL, name="邻居的平均")
c = house.matrix(ax, (1.42, 0.98), rows=1, cols=8, cell=0.27)
d = house.matrix(ax, (3.58, 0.98), rows=1, cols=8, cell=0.27, color=house.TEAL)
house.arrow(ax, a.bottom, c.top)
house.arrow(ax, b.bottom, d.top)
e = house.matrix(ax, (2.5, 0.2), rows=1, cols=3, cell=0.3, color=house.ORANGE)
house.arrow(ax, (2.5, 0.84), e.top)
house.label(ax, (2.65, 0.58), "乘 $W$：16 维到 3 维", size=house.SMALL, color=house.ORANGE, ha="left")
plt.show()
