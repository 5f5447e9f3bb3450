"""One member sends a message; each layer carries it one hop further through the karate club."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

import torch
from matplotlib.animation import FuncAnimation
from parts import club_places, links

from gcn import gcn_dense
from karate import EDGES, edge_index

plt.rcParams["savefig.dpi"] = 110
S = gcn_dense(edge_index, 34)
layers = [torch.linalg.matrix_power(S, k)[:, 0] for k in range(5)]
fig, ax = house.canvas(11.6, 4.8)
places = club_places(0.4, 0.4, 8.6, 4.0)
links(ax, places, EDGES)
dots = ax.scatter(*zip(*places), s=720, edgecolor=house.INK, linewidth=1, zorder=3)
colors = plt.get_cmap("house")
stage = ax.text(10.3, 3.5, "", fontsize=26, color=house.BLUE, weight="bold", ha="center", va="center")
reached = ax.text(10.3, 2.7, "", fontsize=house.TEXT, ha="center", va="center")
values = ax.text(10.3, 1.5, "", fontsize=house.TEXT, color=house.MUTED, ha="center", va="center")
values.set_linespacing(1.6)


def draw(step):
    k = min(step, 4)
    h = layers[k]
    dots.set_facecolor([house.PAPER if v == 0 else colors(0.2 + 0.8 * float(v / h.max()) ** 0.5) for v in h])
    stage.set_text(f"{k} 层")
    reached.set_text(f"{int((h > 0).sum())} / 34 人收到")
    values.set_text(f"最大 {h.max():.2f}\n最小 {h.min():.3f}")


animation = FuncAnimation(fig, draw, frames=7, interval=1200)
draw(4)
plt.show()
