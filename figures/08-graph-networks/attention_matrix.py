"""The attention of an untrained GAT layer on the karate club: only edges and the diagonal are filled."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

import parts  # noqa: F401
import torch

from gat import GAT, with_loops
from karate import edge_index

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
X, layer = torch.randn(34, 8), GAT(8, 4)
edges = with_loops(edge_index, 34)
with torch.no_grad():
    layer(X, edges)
full = torch.zeros(34, 34)
full[edges[1], edges[0]] = layer.alpha.detach()
fig, ax = house.figure(5.0, 3.0)
shown = ax.imshow(full, cmap="house", vmin=0, vmax=0.5)
ax.set(xlabel="发方", ylabel="收方", xticks=(0, 33), yticks=(0, 33))
ax.grid(False)
fig.colorbar(shown, ax=ax, label="权重", ticks=(0, 0.5), extend="max")
plt.show()
