"""The karate club while two labels train a GCN: blue for the coach, orange for the president."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

import json

import torch
from matplotlib.animation import FuncAnimation
from parts import LEARNT, club_places, links

from karate import EDGES, club

plt.rcParams["savefig.dpi"] = 110
data = json.loads((LEARNT / "karate.json").read_text())
shown = (0, 1, 2, 3, 4, 5, 6, 8, 12, 24)
logits = torch.tensor(data["snapshots"])
fig, ax = house.canvas(11.6, 4.8)
places = club_places(0.4, 0.4, 8.6, 4.0)
links(ax, places, EDGES)
dots = ax.scatter(*zip(*places), s=720, zorder=3)
for n in (0, 33):
    house.label(ax, places[n], str(n), size=house.SMALL, mono=True)
colors = plt.get_cmap("house_diverging")
stage = ax.text(10.3, 3.5, "", fontsize=22, color=house.BLUE, weight="bold", ha="center", va="center")
right = ax.text(10.3, 2.7, "", fontsize=house.TEXT, ha="center", va="center")
house.label(ax, (10.3, 1.8), "红圈：猜错", size=house.SMALL, color=house.RED)
house.label(ax, (10.3, 1.3), "只有 0、33 有标签", size=house.SMALL, color=house.MUTED)


def draw(step):
    k = shown[min(step, len(shown) - 1)]
    wrong = (logits[k].argmax(1) != club).tolist()
    dots.set_facecolor([colors(float(p)) for p in logits[k].softmax(1)[:, 1]])
    dots.set_edgecolor([house.RED if w else house.INK for w in wrong])
    dots.set_linewidth([3.4 if w else 1 for w in wrong])
    stage.set_text(f"第 {k * data['every']} 步")
    right.set_text(f"{34 - sum(wrong)} / 34 猜对")


animation = FuncAnimation(fig, draw, frames=len(shown) + 2, interval=900)
draw(len(shown) - 1)
plt.show()
