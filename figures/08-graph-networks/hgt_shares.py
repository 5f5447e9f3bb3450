"""How each paper shares its attention among its authors and its venue; the layer is not trained."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

import parts  # noqa: F401
import torch

from academic import AP, PV
from hgt import HGT

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
hgt = HGT(8, ["author", "paper", "venue"], ["writes", "publishes"])
H = {"author": torch.randn(4, 8), "paper": torch.randn(4, 8), "venue": torch.randn(2, 8)}
edges = [("author", "writes", AP.nonzero().T), ("venue", "publishes", PV.T.nonzero().T)]
with torch.no_grad():
    hgt(H, edges, to="paper")
fig, ax = house.figure(5.0, 2.3)
ends = [0.0] * 4
asked = [("甲乙丙丁"[i], p, house.BLUE) for i, p in edges[0][2].T.tolist()]
asked += [("XY"[i], p, house.GOLD) for i, p in edges[1][2].T.tolist()]
for (name, paper, color), share in zip(asked, hgt.alpha.tolist()):
    ax.barh(-paper, share, 0.7, left=ends[paper], color=house.tint(color, 0.7), edgecolor=color)
    if share > 0.08:
        ax.text(ends[paper] + share / 2, -paper, name, ha="center", va="center", fontsize=house.SMALL)
    ends[paper] += share
ax.set_yticks([0, -1, -2, -3], [f"论文 {k}" for k in range(4)])
ax.set(xlim=(0, 1.02), xticks=(0, 0.5, 1))
ax.grid(False)
plt.show()
