"""From the scores of four authors to one weight for each meta-path (an untrained HAN)."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

import parts  # noqa: F401
import torch
from torch.nn import functional as F

from academic import APA, APVPA
from han import HAN

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
graphs = [(M > 0).nonzero().T for M in (APA, APVPA)]
han = HAN(5, 3, paths=2)
X = torch.randn(4, 5)
han(X, graphs)
Z = torch.stack([F.elu(gat(X, graph)) for gat, graph in zip(han.node, graphs)])
with torch.no_grad():
    score = han.semantic.W(Z).tanh() @ han.semantic.q
beta = han.semantic.beta.tolist()
assert torch.allclose(score.mean(1).softmax(0), han.semantic.beta)
fig, ax = house.figure(5.0, 2.6)
looks = ((house.BLUE, "o"), (house.TEAL, "s"))
for k, (color, mark) in enumerate(looks):
    y, mean = 1 - k, float(score[k].mean())
    ax.plot(score[k], [y - 0.15 + 0.1 * i for i in range(4)], mark, color=color, markersize=11, alpha=0.75)
    ax.plot([mean, mean], [y - 0.27, y + 0.27], color=house.INK, linewidth=3)
    ax.text(mean, y + 0.31, f"平均 {mean:.2f}", ha="center", va="bottom", fontsize=house.SMALL)
    ax.text(
        1.03, y, f"$\\beta$ = {beta[k]:.2f}", transform=ax.get_yaxis_transform(), va="center",
        color=house.ORANGE, fontsize=house.TEXT,
    )
ax.set_yticks([1, 0], ["APA", "APVPA"])
ax.set(ylim=(-0.45, 1.95), xlabel="四位作者的分数 (未训练)")
ax.margins(x=0.08)
plt.show()
