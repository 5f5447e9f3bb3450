# /// script
# dependencies = ["torch", "matplotlib"]
# [tool.deckwright.vary]
# rate = [0.03, 0.12, 0.4, 0.52]
# ///
"""Gradient descent on a surface with two valleys: where it ends depends on where it starts."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house


def surface(a, b):
    """Two valleys, the left one deeper, with a ridge between them."""
    return 0.5 * (a**2 - 1) ** 2 + 0.7 * b**2 + 0.25 * a + 0.3 * a * b


def descend(start, rate, steps):
    """The points that gradient descent visits."""
    theta = torch.tensor(start, requires_grad=True)
    path = [theta.detach().clone()]
    for _ in range(steps):
        loss = surface(*theta)
        (gradient,) = torch.autograd.grad(loss, theta)
        with torch.no_grad():
            theta -= rate * gradient
        path.append(theta.detach().clone())
    return torch.stack(path)


rate = 0.12
paths = [(descend([0.25, 1.3], rate, 40), house.ORANGE), (descend([-0.15, 1.3], rate, 40), house.TEAL)]


def grid(columns, rows):
    """The plane that is drawn, and the height of the surface over it."""
    a, b = torch.meshgrid(torch.linspace(-1.8, 1.8, columns), torch.linspace(-1.2, 1.6, rows), indexing="xy")
    return a, b, surface(a, b)


fig = plt.figure(figsize=(11.6, 4.9), layout="constrained")
left = fig.add_subplot(1, 2, 1, projection="3d")
a, b, height = grid(27, 22)
left.plot_surface(a, b, height.clamp(max=2.6), cmap="house", alpha=0.75, linewidth=0.3, rstride=1, cstride=1)
right = fig.add_subplot(1, 2, 2)
right.contour(
    *grid(91, 71),
    levels=[-0.2, -0.1, 0, 0.1, 0.2, 0.35, 0.6, 1, 1.5, 2.2, 3],
    colors=house.GREY,
    linewidths=house.THIN,
)
for path, color in paths:
    heights = surface(path[:, 0], path[:, 1])
    left.plot(path[:, 0], path[:, 1], heights + 0.05, color=color, marker="o", markersize=4, zorder=9)
    right.plot(
        path[:, 0],
        path[:, 1],
        color=color,
        marker="o",
        markersize=5,
        label=f"$J$：{heights[0]:.2f} 降到 {heights[-1]:.2f}".replace("-", "−"),
    )
left.set(xticks=[], yticks=[], zticks=[])
left.set_xlabel(r"$\theta_1$", labelpad=-10)
left.set_ylabel(r"$\theta_2$", labelpad=-10)
left.set_zlabel(r"$J$", labelpad=-12)
left.view_init(elev=42, azim=-70)
left.set_box_aspect((4, 3.4, 2.4), zoom=1.3)
right.set(xlabel=r"$\theta_1$", ylabel=r"$\theta_2$")
right.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2)
right.grid(False)
plt.show()
