"""The sign of the second eigenvector on the karate club; who went to the other side has a red ring."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

from parts import club_places, links, spots

from fiedler import odd, side
from karate import EDGES

fig, ax = house.canvas(5.0, 3.3)
places = club_places(0.3, 0.3, 4.4, 2.7)
links(ax, places, EDGES, width=1)
fills = [house.tint(house.ORANGE, 0.4) if s else house.tint(house.BLUE, 0.4) for s in side.tolist()]
spots(ax, places, fills, radius=0.13)
for k in odd:
    ax.add_patch(plt.Circle(places[k], 0.2, facecolor="none", edgecolor=house.RED, linewidth=2.6, zorder=4))
plt.show()
