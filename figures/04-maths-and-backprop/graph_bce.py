"""The graph of a linear layer with binary cross-entropy, with shapes forwards and gradients back."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from parts import BACKWARD, edge

fig, ax = house.canvas(11.8, 4.4)
x = house.box(ax, (1.0, 3.4), "x", width=1.3, height=0.95, color=house.BLUE, note="(5,)", mono=True)
w = house.box(ax, (1.0, 1.9), "w", width=1.3, height=0.95, color=house.ORANGE, note="(5, 3)", mono=True)
b = house.box(ax, (3.9, 0.75), "b", width=1.3, height=0.95, color=house.ORANGE, note="(3,)", mono=True)
mm = house.box(ax, (3.9, 2.65), "matmul", width=1.7, height=0.95, color=house.GREY, mono=True)
add = house.box(ax, (6.4, 2.65), "+", width=1.1, height=0.95, color=house.GREY)
bce = house.box(ax, (9.1, 2.65), "BCE", width=1.6, height=0.95, color=house.GREY, mono=True)
y = house.box(ax, (9.1, 0.75), "y", width=1.3, height=0.95, color=house.BLUE, note="(3,)", mono=True)
house.arrow(ax, x.right, mm.left)
edge(ax, w.right, mm.left, "", "$x^\\top dz$", at=0.62, lift=0.32)
edge(ax, mm.right, add.left, "", "$dz$", lift=0.12)
edge(ax, b.right, (6.4, 2.17), "", "$dz$", at=0.62, lift=0.2)
edge(ax, add.right, bce.left, "$z$", "$dz$", lift=0.12)
house.label(ax, (6.6, 1.2), "$dz=(\\sigma(z)-y)/3$", color=BACKWARD, size=house.TITLE)
house.arrow(ax, y.top, bce.bottom)
house.arrow(ax, bce.right, (10.9, 2.65))
house.label(ax, (11.0, 2.65), "loss", mono=True, color=house.RED, ha="left")
text = "backward：每个节点把收到的梯度乘上局部导数，交给来源"
house.arrow(ax, (10.9, 3.95), (3.2, 3.95), text, color=BACKWARD, dashed=True, size=house.TEXT)
plt.show()
