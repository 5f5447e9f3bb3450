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
fig, axes = house.figure(11.6, 5.0, rows=2, cols=3)
left = axes[0, 0]
left.plot(lam.abs(), ".", color=house.BLUE, markersize=7)
left.set(title="34 个特征值", xlabel="第几个", ylabel="$\\lambda$")
spots = [(0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]
for (r, c), k in zip(spots, (0, 1, 2, 4, 33)):
    ax = axes[r, c]
    places = club_places(0, 0, 1.9, 1.0)
    links(ax, places, EDGES, width=0.7)
    u = U[:, k] * (1 if U[33, k] > 0 else -1)
    u = u.sign() * (u.abs() / u.abs().max()).sqrt()  # small values stay visible
    size = 1
    ax.scatter(
        *zip(*places),
        c=u,
        cmap="house_diverging",
        vmin=-size,
        vmax=size,
        s=60,
        edgecolor=house.INK,
        linewidth=0.7,
        zorder=3,
    )
    ax.set_title(f"第 {k} 个：$\\lambda={abs(lam[k]):.2f}$", fontsize=house.TEXT)
    ax.set_aspect("equal")
    ax.axis("off")
    ax.margins(0.06)
plt.show()
