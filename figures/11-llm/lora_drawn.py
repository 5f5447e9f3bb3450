"""LoRA：冻结的大矩阵旁边，两个薄矩阵。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(5.2, 3.5)
C = 0.19
x = house.matrix(ax, (2.6, 0.25), rows=1, cols=8, cell=C, color=house.BLUE)
house.label(ax, (1.6, 0.25), "$x$", color=house.BLUE, size=20)
W = house.matrix(ax, (1.5, 1.75), rows=8, cols=8, cell=C, color=house.GREY)
house.label(ax, (0.68, 1.75), "$W$ 冻结", color=house.MUTED, ha="right", size=house.SMALL)
A = house.matrix(ax, (3.7, 1.05), rows=2, cols=8, cell=C, color=house.ORANGE)
house.label(ax, (4.55, 1.05), "$A$", color=house.ORANGE, ha="left")
B = house.matrix(ax, (3.7, 2.2), rows=8, cols=2, cell=0.16, color=house.ORANGE)
house.label(ax, (4.0, 2.2), "$B$ 从 0 起", color=house.ORANGE, ha="left", size=house.SMALL)
y = house.matrix(ax, (2.6, 3.25), rows=1, cols=8, cell=C, color=house.TEAL)
house.label(ax, (1.6, 3.25), "$y$", color=house.TEAL, size=20)
house.arrow(ax, (2.3, 0.35), W.bottom)
house.arrow(ax, (2.9, 0.35), A.bottom)
house.arrow(ax, A.top, B.bottom)
house.arrow(ax, W.top, (2.3, 3.14))
house.arrow(ax, B.top, (2.9, 3.14))
house.label(ax, (2.6, 2.8), "+", size=22)
plt.show()
