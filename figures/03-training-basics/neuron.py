"""One neuron: a weighted sum, then an activation; the numbers are computed."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

x = torch.tensor([1.0, -2.0, 0.5])
w = torch.tensor([0.8, 0.3, -1.0])
b = torch.tensor(0.1)
z = x @ w + b
y = torch.relu(z)


def signed(number, form="g"):
    """A number with a true minus sign."""
    return f"{number:{form}}".replace("-", "−")


fig, ax = house.canvas(10.8, 3.9)
for i, height in enumerate((3.2, 2.0, 0.8)):
    source = house.node(ax, (1.0, height), signed(x[i]), radius=0.42)
    house.arrow(ax, source.right, (3.75, 2.0 + 0.18 * (1 - i)), color=house.ORANGE)
    house.label(
        ax,
        (2.3, (3.32, 2.22, 0.78)[i] - (0.15, 0, -0.15)[i]),
        f"×({signed(w[i])})" if w[i] < 0 else f"×{signed(w[i])}",
        color=house.ORANGE,
        size=house.SMALL,
        mono=True,
    )
total = house.box(
    ax, (4.9, 2.0), r"$z = x\cdot w + b$", width=2.3, height=1.1, color=house.ORANGE, note=f"b = {b:g}"
)
house.arrow(ax, total.right, (7.4, 2.0), f"$z=$ {signed(z, '.2f')}")
active = house.box(
    ax, (8.3, 2.0), "ReLU", width=1.7, height=1.1, color=house.BLUE, note="max(z, 0)", filled=True
)
house.arrow(ax, active.right, (9.77, 2.0))
house.node(ax, (10.22, 2.0), signed(y, ".2f"), radius=0.48, color=house.TEAL, size=house.SMALL)
house.label(ax, (4.9, 0.9), "线性：加权求和", color=house.MUTED, size=house.SMALL)
house.label(ax, (8.3, 0.9), "激活：弯一下", color=house.MUTED, size=house.SMALL)
plt.show()
