"""One GCN layer: transform, sum over the edges; the activation stays outside."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(5.0, 3.5)
house.label(ax, (2.5, 3.15), "$H'=\\sigma\\,(\\tilde D^{-1/2}\\tilde A\\,\\tilde D^{-1/2}\\,H\\,W)$", size=21)
h = house.matrix(ax, (0.85, 1.6), rows=5, cols=4, cell=0.3, shape="(34, 8)")
z = house.matrix(ax, (2.65, 1.6), rows=5, cols=2, cell=0.3, shape="(34, 3)")
o = house.matrix(ax, (4.4, 1.6), rows=5, cols=2, cell=0.3, color=house.TEAL, shape="(34, 3)")
house.arrow(ax, h.right, z.left)
house.arrow(ax, z.right, o.left)
house.label(ax, (1.9, 1.95), "$\\times W$", color=house.ORANGE)
house.label(ax, (3.52, 1.95), "$\\hat A\\,\\times$", color=house.BLUE)
for x, text in ((0.85, "$H$"), (2.65, "$Z$"), (4.4, "输出")):
    house.label(ax, (x, 2.58), text)
house.label(ax, (1.75, 0.25), "先变换", size=house.SMALL, color=house.ORANGE)
house.label(ax, (3.52, 0.25), "再按边加权求和", size=house.SMALL, color=house.BLUE)
plt.show()
