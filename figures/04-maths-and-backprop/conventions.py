"""The same layer twice: W x for one sample as a column, X W^T for a batch of rows."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(5, 3.9)
c = 0.36
house.label(ax, (0.1, 3.05), "书本", ha="left", size=house.TITLE, bold=True)
house.matrix(ax, (1.75, 3.05), rows=2, cols=3, cell=c, color=house.ORANGE, shape="W")
house.label(ax, (2.62, 3.05), "@", mono=True, size=house.TITLE)
house.matrix(ax, (3.1, 3.05), rows=3, cols=1, cell=c, color=house.BLUE, shape="x")
house.label(ax, (3.7, 3.05), "=", size=24)
house.matrix(ax, (4.3, 3.05), rows=2, cols=1, cell=c, color=house.TEAL)
house.label(ax, (0.1, 1.2), "代码", ha="left", size=house.TITLE, bold=True)
house.matrix(ax, (1.55, 1.2), rows=4, cols=3, cell=c, color=house.BLUE, shape="X")
house.label(ax, (2.4, 1.2), "@", mono=True, size=house.TITLE)
house.matrix(ax, (3.05, 1.2), rows=3, cols=2, cell=c, color=house.ORANGE, shape="W.T")
house.label(ax, (3.75, 1.2), "=", size=24)
house.matrix(ax, (4.4, 1.2), rows=4, cols=2, cell=c, color=house.TEAL)
plt.show()
