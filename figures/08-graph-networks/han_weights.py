"""The weights of two meta-paths that HAN learns in two made worlds."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

import json

from parts import LEARNT

data = json.loads((LEARNT / "han.json").read_text())
fig, ax = house.figure(5.0, 3.0)
rows = (("合作者同行", data["authors"]), ("会议专业", data["venues"]))
for k, (name, (apa, apvpa)) in enumerate(rows):
    y = 1 - k
    ax.barh(y, apa, 0.5, color=house.tint(house.BLUE, 0.3), edgecolor=house.BLUE)
    ax.barh(y, apvpa, 0.5, left=apa, color=house.tint(house.TEAL, 0.6), edgecolor=house.TEAL, hatch="//")
    if apa > 0.25:
        ax.text(apa / 2, y, f"APA {apa:.2f}", ha="center", va="center", fontsize=house.SMALL)
    if apvpa > 0.25:
        ax.text(
            apa + apvpa / 2,
            y,
            f"APVPA {apvpa:.2f}",
            ha="center",
            va="center",
            fontsize=house.SMALL,
            bbox={"facecolor": house.PAPER, "edgecolor": "none", "pad": 1},
        )
ax.set_yticks([1, 0], [name for name, _ in rows])
ax.set(xlim=(0, 1), xlabel="路径的权重 $\\beta$", xticks=(0, 0.5, 1))
ax.grid(False)
plt.show()
