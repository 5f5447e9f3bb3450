"""An RNN reads six inputs one after another; the same cell at every step, the states are computed."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

import torch
from matplotlib.animation import FuncAnimation
from torch import nn

torch.manual_seed(1)
STEPS, HIDDEN = 6, 4
rnn = nn.RNN(3, HIDDEN, batch_first=True)
with torch.no_grad():
    states = rnn(2 * torch.randn(1, STEPS, 3))[0][0]

fig, ax = house.canvas(11.6, 4.8)
frame = ax.axis()
colors = plt.get_cmap("house_diverging")


def state(at, values):
    """One state as a column of cells; orange is positive, blue negative, the sign is written."""
    for k, value in enumerate(values.tolist()):
        x, y = at[0] - 0.4, at[1] + (HIDDEN / 2 - k - 1) * 0.36
        ax.add_patch(
            plt.Rectangle(
                (x, y), 0.8, 0.36, facecolor=colors(0.5 + value / 2.6), edgecolor=house.PAPER, zorder=3
            ),
        )
        house.label(ax, (at[0], y + 0.18), f"{value:+.1f}".replace("-", "−"), size=house.SMALL, mono=True)


def draw(step):
    ax.clear()
    ax.axis("off")
    ax.axis(frame)
    now = min(step, STEPS - 1)
    house.label(ax, (0.55, 2.55), r"$h_0=0$", color=house.MUTED)
    for t in range(STEPS):
        x = 1.75 + 1.8 * t
        live = t <= now
        color = house.ORANGE if live else house.HAIRLINE
        cell = house.box(
            ax, (x, 2.55), "RNN" if live else "", width=1.05, height=0.8, color=color, filled=t == now
        )
        house.arrow(ax, (x, 1.15), cell.bottom, color=house.BLUE if live else house.HAIRLINE)
        house.label(ax, (x, 0.85), f"$x_{t + 1}$", color=house.BLUE if live else house.HAIRLINE)
        before = (0.95, 2.55) if t == 0 else (x - 1.8 + 0.53, 2.55)
        house.arrow(ax, before, cell.left, color=house.TEAL if live else house.HAIRLINE)
        if live:
            house.arrow(ax, cell.top, (x, 3.4), color=house.TEAL)
            state((x, 4.02), states[t])
            house.label(ax, (x + 0.18, 3.14), f"$h_{t + 1}$", color=house.TEAL, ha="left", size=house.SMALL)
    house.label(ax, (5.9, 0.3), "每一步都用同一组权重", color=house.ORANGE, size=house.SMALL)


animation = FuncAnimation(fig, draw, frames=STEPS + 3, interval=700)
draw(STEPS - 1)
plt.show()
