"""How far each of the 34 members leans to one side, step by step of the training."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

import json

import torch
from parts import LEARNT

from karate import club

data = json.loads((LEARNT / "karate.json").read_text())
z = torch.tensor(data["snapshots"])
margin = z[:, :, 1] - z[:, :, 0]
steps = [data["every"] * k for k in range(len(z))]
fig, ax = house.figure(11.4, 5.4)
ax.axhspan(0, 9, color=house.tint(house.ORANGE, 0.9), linewidth=0)
ax.axhspan(-9, 0, color=house.tint(house.BLUE, 0.9), linewidth=0)
ax.axhline(0, color=house.INK, linewidth=1.5)
for n in range(34):
    side = int(club[n])
    color, dashes = ((house.BLUE, "-"), (house.ORANGE, "--"))[side]
    teacher = n in (0, 33)
    ax.plot(
        steps, margin[:, n], color=color, linestyle=dashes, alpha=1 if teacher else 0.6,
        linewidth=4 if teacher else 1.5,
    )
end = steps[-1] + 1.5
for n, text in ((0, "0 号 (有标签)"), (33, "33 号 (有标签)")):
    ax.text(end, float(margin[-1, n]), text, va="center", fontsize=house.SMALL, color=house.INK)
for n in data["wrong"]:
    ax.plot(steps[-1], margin[-1, n], "o", color=house.RED, ms=10, mfc="none", mew=2.5)
    ax.text(end, float(margin[-1, n]), f"{n} 号 (猜错)", va="bottom", fontsize=house.SMALL, color=house.RED)
top = 1.12 * float(margin.abs().max())
ax.text(3, 0.86 * top, "判给会长", va="center", color=house.ORANGE, fontsize=house.TEXT)
ax.text(3, -0.86 * top, "判给教练", va="center", color=house.BLUE, fontsize=house.TEXT)
ax.set(xlim=(0, 144), ylim=(-top, top), xticks=range(0, 121, 30))
ax.set(xlabel="训练步数", ylabel="得分差：输出 1 − 输出 0")
ax.grid(False)
plt.show()
