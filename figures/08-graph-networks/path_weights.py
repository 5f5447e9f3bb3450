"""The path of three nodes with the weight of each edge and each loop."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

from parts import links, spots

fig, ax = house.canvas(5.0, 1.5)
places = [(0.7, 0.45), (2.5, 0.45), (4.3, 0.45)]
links(ax, places, [(0, 1), (1, 2)], color=house.GREY, width=2.2)
spots(
    ax,
    places,
    house.tint(house.BLUE),
    radius=0.26,
    edge=house.BLUE,
    texts=range(3),
    size=house.TEXT,
    width=1.7,
)
for place, degree in zip(places, (2, 3, 2)):
    ax.add_patch(
        plt.Circle((place[0], 0.83), 0.17, facecolor="none", edgecolor=house.ORANGE, linewidth=1.7)
    )
    house.label(ax, (place[0], 1.23), f"{1 / degree:.3f}", color=house.ORANGE, size=house.SMALL, mono=True)
for x in (1.6, 3.4):
    house.label(ax, (x, 0.68), f"{6**-0.5:.3f}", size=house.SMALL, mono=True)
plt.show()
