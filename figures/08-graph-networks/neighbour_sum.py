"""Node 2 receives the sum of its three neighbours: 1 + 2 + 4."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

from parts import FIVE_EDGES, five, links, message, spots

fig, ax = house.canvas(5.0, 2.7)
places = five((0.45, 0.5), 0.95)
links(ax, places, FIVE_EDGES, color=house.HAIRLINE)
for k in (0, 1, 3):
    message(ax, places[k], places[2], 0.3, color=house.ORANGE, width=2.4)
fills = [house.tint(house.BLUE)] * 5
fills[2] = house.tint(house.ORANGE, 0.7)
spots(ax, places, fills, radius=0.28, edge=house.BLUE, texts=range(1, 6), size=house.TEXT, width=1.5)
house.label(ax, (2.75, 2.3), "1 + 2 + 4 = 7", color=house.ORANGE)
house.label(ax, (2.75, 0.3), "圈里是特征，不是编号", color=house.MUTED, size=house.SMALL)
plt.show()
