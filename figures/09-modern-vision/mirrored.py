"""Two layers of the E(n) network on a cloud of points, and on the same cloud turned and mirrored."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "snippets/09-modern-vision"))

import torch
from egnn import EGNN

torch.set_default_dtype(torch.float64)
torch.manual_seed(3)
layers = EGNN(4), EGNN(4)
h, x = torch.randn(6, 4), torch.randn(6, 3) * torch.tensor([1.4, 1.0, 0.0])
for layer in layers:
    layer.move[-1].weight.data *= 6  # longer steps, to see them
angle = torch.tensor(1.1)
c, s = angle.cos().item(), angle.sin().item()
A = torch.tensor([[-c, -s, 0], [-s, c, 0], [0, 0, 1]])  # a reflection and a turn


def run(x):
    """Where the points are: before, between, after."""
    steps, state = [x], h
    for layer in layers:
        state, x = layer(state, x)
        steps.append(x)
    return torch.stack(steps).detach()


fig, axes = house.figure(5.0, 2.5, cols=2)
for ax, cloud, title in zip(axes, (x, x @ A.T), ("原来", "转、照镜子")):
    track = run(cloud)
    for k, color in enumerate(house.COLORS):
        ax.plot(track[:, k, 0], track[:, k, 1], color=color, linewidth=2)
        ax.plot(*track[0, k, :2], "o", color=color, fillstyle="none")
        ax.plot(*track[-1, k, :2], "o", color=color)
    ax.set_title(title, fontsize=house.TEXT, weight="normal")
    ax.set(aspect="equal", xticks=[], yticks=[])
    ax.margins(0.12)
    ax.grid(False)
    ax.spines[:].set(visible=True, color=house.HAIRLINE)
assert torch.allclose(run(x)[-1] @ A.T, run(x @ A.T)[-1])
plt.show()
