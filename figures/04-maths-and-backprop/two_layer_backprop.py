"""The two-layer network: values forwards, gradients back, step by step."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from parts import BACKWARD, FORWARD, back

fig, ax = house.canvas(11.8, 5.2)
names = [("$X$", "输入", house.BLUE), ("$Z_1$", "线性", house.GREY), ("$A_1$", "ReLU", house.GREY),
         ("$Z_2$", "线性", house.GREY),
         ("$P$", "softmax", house.TEAL), ("$J$", "交叉熵", house.RED)]
xs = [0.75, 2.85, 4.95, 7.05, 9.15, 11.1]
y = 3.0
shapes = [
    house.node(ax, (x, y), name, radius=0.5, color=color, size=24) for x, (name, _, color) in zip(xs, names)
]
for a, b in zip(shapes, shapes[1:]):
    house.arrow(ax, a.right, b.left, width=2.2)
for x, (_, what, _) in zip(xs, names):
    house.label(ax, (x, y + 0.78), what, color=FORWARD, size=house.TEXT)
for x, target, name in [(1.8, 1, "$W_1,\\ b_1$"), (6.0, 3, "$W_2,\\ b_2$")]:
    top = house.box(ax, (x, 4.7), name, width=1.5, height=0.66, color=house.ORANGE, size=house.TITLE)
    house.arrow(ax, top.bottom, (x, y + 0.08), color=house.ORANGE)
back(ax, (10.85, y - 0.5), (7.3, y - 0.5), bend=-0.22)
house.label(ax, (9.1, 1.52), "$dZ_2=\\frac{1}{N}(P-Y)$", color=BACKWARD, size=23)
back(ax, (6.8, y - 0.52), (5.2, y - 0.52), bend=-0.3)
house.label(ax, (6.0, 1.85), "$dA_1=dZ_2\\,W_2$", color=BACKWARD, size=house.TITLE)
back(ax, (4.7, y - 0.52), (3.1, y - 0.52), bend=-0.3)
house.label(ax, (3.75, 1.35), "$dZ_1=dA_1\\odot[Z_1>0]$", color=BACKWARD, size=house.TITLE)
first = "$dW_1=dZ_1^\\top X,\\quad db_1=\\sum_i (dZ_1)_i$"
second = "$dW_2=dZ_2^\\top A_1,\\quad db_2=\\sum_i (dZ_2)_i$"
house.label(ax, (2.5, 0.45), first, color=house.ORANGE, size=house.TITLE)
house.label(ax, (8.3, 0.45), second, color=house.ORANGE, size=house.TITLE)
plt.show()
