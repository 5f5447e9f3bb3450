"""封面：从同一点出发的几条路，走向同一个谷底。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

def J(a, b):
    return (1 - a) ** 2 + 10 * (b - a**2) ** 2


def path(make, steps):
    w = torch.tensor([-1.2, 1.6], requires_grad=True)
    optimizer = make([w])
    points = [w.tolist()]
    for _ in range(steps):
        optimizer.zero_grad()
        J(*w).backward()
        optimizer.step()
        points.append(w.tolist())
    return torch.tensor(points)


fig = plt.figure(figsize=(4.8, 7.5))
ax = fig.add_axes((0, 0, 1, 1))
a, b = torch.meshgrid(torch.linspace(-1.7, 1.5, 160), torch.linspace(-1.6, 3.2, 240), indexing="xy")
ax.contourf(a, b, (J(a, b) + 0.05).log(), levels=16, cmap="house", alpha=0.6)
for make, steps, color, marker in (
    (lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9), 80, house.ORANGE, "s"),
    (lambda p: torch.optim.Adam(p, lr=0.1), 80, house.TEAL, "o"),
    (lambda p: torch.optim.SGD(p, lr=0.01), 80, house.RED, "D"),
):
    ax.plot(*path(make, steps).T, color=color, marker=marker, markersize=6, markevery=3, linewidth=2.4)
ax.plot(1, 1, marker="*", markersize=34, color=house.PAPER, markeredgecolor=house.INK, markeredgewidth=2)
ax.set(xlim=(-1.7, 1.5), ylim=(-1.6, 3.2))
ax.axis("off")
plt.show()
