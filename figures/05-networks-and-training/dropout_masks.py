"""Dropout：训练的每一步随机关掉一些神经元，评估时全部打开。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from matplotlib.animation import FuncAnimation

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.manual_seed(13)
STEPS = 5
masks = [(torch.rand(6) >= 0.5, torch.rand(6) >= 0.5) for _ in range(STEPS)]

fig, ax = house.canvas(4.6, 3.7)
frame = ax.axis()
LAYERS = ((0.5, 3, house.BLUE), (1.7, 6, house.ORANGE), (2.9, 6, house.ORANGE), (4.1, 2, house.TEAL))


def column(x, count, color, on):
    """A layer; switched-off neurons are empty and crossed."""
    shapes = []
    for i in range(count):
        at = (x, 2.15 + ((count - 1) / 2 - i) * 0.53)
        text, hue = ("", color) if on[i] else ("×", house.GREY)
        shapes.append(house.node(ax, at, text, radius=0.21, color=hue, filled=hue == house.ORANGE))
    return shapes


def draw(step):
    ax.clear()
    ax.axis("off")
    ax.axis(frame)
    training = step < STEPS
    first, second = masks[step] if training else (torch.ones(6) > 0, torch.ones(6) > 0)
    ons = (torch.ones(3) > 0, first, second, torch.ones(2) > 0)
    drawn = [column(x, n, color, on) for (x, n, color), on in zip(LAYERS, ons)]
    for a, on_a, b, on_b in zip(drawn, ons, drawn[1:], ons[1:]):
        house.connect(ax, [s for s, on in zip(a, on_a) if on], [s for s, on in zip(b, on_b) if on])
    left = int(first.sum() + second.sum())
    text = f"训练第 {step + 1} 步：12 个开着 {left} 个" if training else "评估：全部打开，不缩放"
    house.label(ax, (2.3, 0.32), text, color=house.ORANGE if training else house.TEAL, bold=True)


animation = FuncAnimation(fig, draw, frames=[0, 1, 2, 3, 4, 5, 5, 5], interval=900)
draw(2)
plt.show()
