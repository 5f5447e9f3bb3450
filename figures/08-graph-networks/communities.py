"""The made graph of 200 nodes: the truth, the guesses of an MLP, the guesses of a GCN."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

import json

import torch
from parts import LEARNT, links

from community import edge_index, known, y

data = json.loads((LEARNT / "community.json").read_text())
dice = torch.Generator().manual_seed(1)
angle, length = 6.283 * torch.rand(200, generator=dice), 0.88 * torch.rand(200, generator=dice).sqrt()
middle = torch.tensor([(-1.0, 1.0), (1, 1), (-1, -1), (1, -1)])[y]
at = middle + torch.stack([angle.cos(), angle.sin()], 1) * length[:, None]
fig, axes = house.figure(11.4, 4.5, cols=3)
looks = ((house.BLUE, "o"), (house.ORANGE, "s"), (house.TEAL, "^"), (house.PURPLE, "D"))
half = edge_index[:, edge_index[0] < edge_index[1]].T.tolist()
for ax, (title, guess) in zip(
    axes, (("真相", y.tolist()), ("不看边：MLP", data["mlp"]), ("看边：GCN", data["gcn"])),
):
    guess = torch.tensor(guess)
    links(ax, at.tolist(), half, width=0.4)
    for group, (color, mark) in enumerate(looks):
        ax.scatter(*at[guess == group].T, color=color, marker=mark, s=26, zorder=3, linewidth=0)
    wrong = guess != y
    ax.scatter(*at[wrong].T, facecolor="none", edgecolor=house.RED, s=95, zorder=4, linewidth=1.4)
    if title == "真相":
        ax.scatter(*at[known].T, facecolor="none", edgecolor=house.INK, s=170, zorder=4, linewidth=2)
    ax.set_title(title)
    ax.set_aspect("equal")
    ax.axis("off")
plt.show()
