"""Softmax of three logits, step by step."""

import matplotlib.pyplot as plt
import torch

import house

z = torch.tensor([1.0, 2.0, 3.0])
e = z.exp()
p = torch.softmax(z, dim=0)

fig, axes = house.figure(11.4, 3.9, cols=3)
steps = [(z, "logits  $z$", house.BLUE, "{:.0f}"), (e, "$e^{z}$", house.ORANGE, "{:.2f}"),
         (p, rf"softmax，合计 {p.sum():.0f}", house.TEAL, "{:.1%}")]
for ax, (values, title, color, fmt) in zip(axes, steps):
    bars = ax.bar(["1", "2", "3"], values, width=0.6, color=house.tint(color, 0.45), edgecolor=color)
    ax.bar_label(bars, [fmt.format(v) for v in values.tolist()], padding=4)
    ax.set(title=title, ylim=(0, 1.2 * values.max()), yticks=[], xlabel="类别")
    ax.spines["left"].set_visible(False)
    ax.grid(False)
plt.show()
