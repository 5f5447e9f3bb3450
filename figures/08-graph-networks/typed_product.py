"""AP times PV is APV: authors times papers, papers times venues."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(5.0, 2.6)
AP = [[1, 1, 0, 0], [1, 0, 1, 0], [0, 0, 1, 1], [0, 0, 0, 1]]
PV = [[1, 0], [1, 0], [0, 1], [0, 1]]
APV = [[sum(a * PV[k][j] for k, a in enumerate(row)) for j in range(2)] for row in AP]
a = house.matrix(ax, (1.1, 1.3), values=AP, cell=0.42, color=house.BLUE, name="AP", shape="作者×论文")
b = house.matrix(ax, (2.85, 1.3), values=PV, cell=0.42, color=house.TEAL, name="PV", shape="论文×会议")
c = house.matrix(ax, (4.35, 1.3), values=APV, cell=0.42, color=house.ORANGE, name="APV", shape="作者×会议")
house.label(ax, (2.2, 1.3), "×")
house.label(ax, (3.6, 1.3), "=")
plt.show()
