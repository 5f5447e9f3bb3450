"""Curves of common activation functions."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch.nn import functional as F

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

z = torch.linspace(-4, 4, 401)
curves = {
    "Leaky ReLU (0.1)": lambda z: F.leaky_relu(z, 0.1),
    "ReLU": F.relu,
    "SiLU (Swish)": F.silu,
    "sigmoid": F.sigmoid,
    "tanh": F.tanh,
}
panels = [["Leaky ReLU (0.1)", "ReLU", "SiLU (Swish)"], ["sigmoid", "tanh"]]
titles = ["不饱和：正半轴一直增长", "会饱和：两端变平，梯度变小"]

fig, axes = house.figure(11.4, 4.6, cols=2)
colors = iter(house.COLORS)
for ax, names, title in zip(axes, panels, titles):
    for name in names:
        ax.plot(z, curves[name](z), label=name, color=next(colors))
    house.axes_through_origin(ax)
    ax.set(title=title)
    ax.annotate(
        "$z$",
        (1, 0),
        xycoords=("axes fraction", "data"),
        xytext=(0, 6),
        textcoords="offset points",
        ha="right",
    )
    ax.legend(loc="upper left")
axes[0].set(ylim=(-1, 4), xticks=[2, 4], yticks=[2, 4])
axes[1].set(ylim=(-1.25, 1.25), xticks=[-4, -2, 2, 4], yticks=[-1, 1])
plt.show()
