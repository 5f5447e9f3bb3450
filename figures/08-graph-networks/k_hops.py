"""A filter of third order on a path of nine nodes: what changes at node 0 is felt up to node 3."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

from parts import links, spots

fig, ax = house.canvas(5.0, 1.9)
places = [(0.4 + 0.525 * k, 1.15) for k in range(9)]
links(ax, places, [(k, k + 1) for k in range(8)], color=house.GREY)
fills = [house.ORANGE] + [house.tint(house.ORANGE, 0.55)] * 3 + [house.PAPER] * 5
spots(ax, places, fills, radius=0.21, edge=house.INK, texts=range(9))
house.dimension(ax, (places[0][0], 0.55), (places[3][0], 0.55), "3 跳")
house.label(ax, (3.55, 0.55), "感觉不到", color=house.MUTED, size=house.SMALL)
plt.show()
