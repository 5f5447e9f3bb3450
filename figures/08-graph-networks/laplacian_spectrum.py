"""All eigenvalues of the karate club, and four of its eigenvectors drawn on the graph."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

import torch
from parts import club_places, links

from karate import EDGES, adjacency
from laplacian import laplacian

lam, U = torch.linalg.eigh(laplacian(adjacency()))
fig = plt.figure(figsize=(11.6, 5.4), layout="constrained")
grid = fig.add_gridspec(2, 3, width_ratios=(0.8, 1, 1))
shown = (0, 1, 4, 33)
left = fig.add_subplot(grid[:, 0])
left.plot(lam.abs(), ".", color=house.GREY, markersize=8)
left.plot(shown, lam.abs()[list(shown)], "o", color=house.INK, markersize=9)
left.set(title="34 个特征值", xlabel="第几个", ylabel="$\\lambda$", yticks=(0, 5, 10, 15))
spots = [(0, 1), (0, 2), (1, 1), (1, 2)]
for (r, c), k in zip(spots, shown):
    ax = fig.add_subplot(grid[r, c])
    places = torch.tensor(club_places(0, 0, 2.0, 1.0))
    links(ax, places.tolist(), EDGES, width=0.7)
    u = U[:, k] * (1 if U[33, k] > 0 else -1)
    area = 12 + 170 * (u.abs() / u.abs().max().clamp(min=0.4))
    for part, color, mark in ((u > 0, house.ORANGE, "s"), (u <= 0, house.BLUE, "o")):
        ax.scatter(
            *places[part].T, s=area[part], color=color, marker=mark, edgecolor=house.PAPER,
            linewidth=0.8, zorder=3,
        )
    ax.set_title(f"第 {k} 个：$\\lambda={abs(lam[k]):.2f}$", fontsize=house.TEXT)
    ax.set_aspect("equal")
    ax.axis("off")
    ax.margins(0.07)
plt.show()
