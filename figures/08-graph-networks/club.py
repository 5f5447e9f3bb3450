"""The karate club before it split: 34 members, 78 friendships, two who quarrelled."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

from parts import club_places, links, spots

from karate import EDGES

fig, ax = house.canvas(11.6, 4.6)
places = club_places(0.5, 0.4, 10.6, 3.8)
links(ax, places, EDGES)
fills = [house.tint(house.GREY, 0.8)] * 34
fills[0], fills[33] = house.BLUE, house.ORANGE
ink = [house.PAPER if k in (0, 33) else house.INK for k in range(34)]
spots(ax, places, fills, radius=0.2, texts=range(34), ink=ink)
plt.show()
