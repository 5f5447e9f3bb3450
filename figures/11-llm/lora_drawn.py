"""LoRA：冻结的大矩阵旁边，两个薄矩阵。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(5.2, 3.5)
C = 0.19
BIG = 21
x = house.matrix(ax, (2.75, 0.25), rows=1, cols=8, cell=C, color=house.BLUE)
house.label(ax, (1.65, 0.25), "$x$", color=house.BLUE, size=BIG)
W = house.matrix(ax, (1.75, 1.75), rows=8, cols=8, cell=C, color=house.GREY)
house.label(ax, (0.5, 1.95), "$W$", color=house.MUTED, size=BIG)
house.label(ax, (0.5, 1.5), "冻结", color=house.MUTED)
A = house.matrix(ax, (3.7, 1.05), rows=2, cols=8, cell=C, color=house.ORANGE)
house.label(ax, (4.85, 1.05), "$A$", color=house.ORANGE, size=BIG)
B = house.matrix(ax, (3.7, 2.2), rows=8, cols=2, cell=0.16, color=house.ORANGE)
house.label(ax, (4.5, 2.4), "$B$", color=house.ORANGE, size=BIG)
house.label(ax, (4.5, 1.95), "从 0 起", color=house.ORANGE)
y = house.matrix(ax, (2.75, 3.25), rows=1, cols=8, cell=C, color=house.TEAL)
house.label(ax, (1.65, 3.25), "$y$", color=house.TEAL, size=BIG)
house.arrow(ax, (2.4, 0.35), W.bottom)
house.arrow(ax, (3.05, 0.35), A.bottom)
house.arrow(ax, A.top, B.bottom)
house.arrow(ax, W.top, (2.4, 3.14))
house.arrow(ax, B.top, (3.05, 3.14))
house.label(ax, (2.72, 2.72), "+", size=24)
plt.show()
