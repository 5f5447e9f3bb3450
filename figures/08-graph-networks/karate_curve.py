"""How many of the 34 the network gets right while it trains, and its loss."""

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
right = [int((torch.tensor(z).argmax(1) == club).sum()) for z in data["snapshots"]]
fig, ax = house.figure(5.0, 2.7)
ax.plot([k * data["every"] for k in range(len(right))], right, color=house.BLUE, marker="o", markersize=5)
ax.axhline(34, color=house.MUTED, linestyle=":", linewidth=1.5)
ax.set(xlabel="更新步数", ylabel="34 人里对几个", ylim=(15, 36), yticks=(17, 25, 34))
plt.show()
