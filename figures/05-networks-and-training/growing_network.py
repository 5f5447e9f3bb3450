"""一个隐藏神经元给出一个折点：隐藏层变宽，折线越来越贴近曲线。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from matplotlib.animation import FuncAnimation

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)

x = torch.linspace(0, 1, 801)
target = torch.sin(7 * x) + 0.4 * torch.cos(19 * x)
WIDTHS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32)


def network(width):
    """One hidden layer of ReLUs whose kinks are spread evenly; the output layer is solved."""
    kinks = torch.arange(width) / width
    hidden = torch.relu(x[:, None] - kinks)
    A = torch.cat([hidden, torch.ones(len(x), 1)], dim=1)
    solution = torch.linalg.lstsq(A, target[:, None]).solution[:, 0]
    return A @ solution, kinks


errors = [(network(w)[0] - target).abs().max().item() for w in WIDTHS]
assert errors[0] > 1 and errors[-1] < 0.05

fig, (left, right) = house.figure(11.6, 4.9, cols=2, width_ratios=[1.6, 1])
left.plot(x, target, color=house.GREY, linewidth=6, alpha=0.45, label="目标")
(curve,) = left.plot([], [], color=house.ORANGE, label="网络")
(dots,) = left.plot([], [], "o", color=house.ORANGE, markersize=7)
left.set(xlabel="$x$", ylabel="$y$", xlim=(0, 1), ylim=(-1.7, 1.9))
left.legend(loc="upper right", ncols=2)
title = left.set_title("")
(points,) = right.loglog([], [], marker="o", color=house.BLUE)
right.set(title="最大误差", xlabel="隐藏神经元个数", ylabel="最大误差（对数）")
right.set(xlim=(0.9, 40), ylim=(0.01, 3), xticks=[1, 2, 4, 8, 16, 32])
right.set_xticklabels(["1", "2", "4", "8", "16", "32"])
right.minorticks_off()


def draw(frame):
    at = min(frame, len(WIDTHS) - 1)
    fit, kinks = network(WIDTHS[at])
    curve.set_data(x, fit)
    dots.set_data(kinks, torch.stack([fit[(x - k).abs().argmin()] for k in kinks]))
    points.set_data(WIDTHS[: at + 1], errors[: at + 1])
    title.set_text(f"{WIDTHS[at]} 个隐藏神经元，{WIDTHS[at]} 个折点")


draw(len(WIDTHS) - 1)
fig.canvas.draw()
fig.set_layout_engine("none")  # the same in all frames
animation = FuncAnimation(fig, draw, frames=len(WIDTHS) + 2, interval=900)
plt.show()
