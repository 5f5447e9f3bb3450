"""What k layers of GCN propagation leave of each frequency; ticks are the eigenvalues of the karate club."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

import numpy as np
import parts  # noqa: F401
import torch

from gcn import gcn_dense
from karate import edge_index

own = 1 - torch.linalg.eigvalsh(gcn_dense(edge_index, 34))
lam = np.linspace(0, 2, 201)
fig, ax = house.figure(11.4, 4.5)
for k, color, style in (
    (1, house.ORANGE, "-"), (2, house.TEAL, "--"), (4, house.BLUE, "-."), (16, house.RED, ":"),
):
    keep = lam <= float(own.max())
    ax.plot(lam[keep], (1 - lam[keep]) ** k, color=color, linestyle=style, label=f"{k} 层")
ax.plot(own, np.full(34, -0.68), "|", color=house.INK, markersize=14, markeredgewidth=1.4)
ax.text(1.58, -0.7, "俱乐部的特征值", fontsize=house.SMALL, color=house.INK, va="center")
ax.axhline(0, color=house.MUTED, linewidth=1)
ax.set(
    xlabel="$\\lambda$ (频率)，$\\lambda = 1 -$ 传播矩阵的特征值", ylabel="留下几成", xlim=(-0.02, 2), ylim=(
        -0.8, 1.05,
    ),
)
ax.legend(loc="upper right", ncols=4)
plt.show()
