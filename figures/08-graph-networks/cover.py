"""The cover: the karate club, each member in the colour that a network of two layers gives them."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

import json

from parts import LEARNT, club_places, links, spots

import torch
from karate import EDGES, degrees

data = json.loads((LEARNT / "karate.json").read_text())
chance = torch.tensor(data["snapshots"][-1]).softmax(1)[:, 1].tolist()
fig, ax = house.canvas(5.2, 7.2)
places = club_places(0.5, 0.6, 4.2, 6.0, upright=True)
links(ax, places, EDGES, width=1.4)
colors = plt.get_cmap("house_diverging")
for k in sorted(range(34), key=lambda k: -degrees[k]):
    spots(ax, [places[k]], [colors(chance[k])], radius=0.1 + 0.011 * degrees[k], edge=house.INK)
plt.show()
