"""Softmax of three logits."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

z = torch.tensor([1.0, 2.0, 3.0])
p = torch.softmax(z, dim=0)

fig, axes = house.figure(5.6, 3.8, cols=2)
steps = [(z, "分数 $z$", house.BLUE, "{:.0f}"), (p, f"概率，合计 {p.sum():.0f}", house.TEAL, "{:.1%}")]
for ax, (values, title, color, fmt) in zip(axes, steps):
    bars = ax.bar(["1", "2", "3"], values, width=0.66, color=house.tint(color, 0.45), edgecolor=color)
    ax.bar_label(bars, [fmt.format(v) for v in values.tolist()], padding=4, fontsize=house.SMALL)
    ax.set(title=title, ylim=(0, 1.2 * values.max()), yticks=[], xlabel="类别")
    ax.spines["left"].set_visible(False)
    ax.grid(False)
plt.show()
