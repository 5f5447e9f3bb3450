"""跨过 p = 0.7 的那一段也留，剩下的归一。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

sys.path.append(str(Path(__file__).resolve().parents[2] / "snippets/11-llm"))
import torch
from decoding import top_p

p = torch.tensor([0.5, 0.3, 0.15, 0.05])
fig, ax = house.figure(5.2, 2.6)
for y, shares in ((1, p), (0, top_p(p, 0.7))):
    left = 0.0
    for k, share in enumerate(shares.tolist()):
        if share == 0:
            continue
        kept = k < 2
        color = (house.BLUE, house.ORANGE)[k] if kept else house.tint(house.GREY, 0.6)
        hatch = "" if kept else "//"
        ax.barh(y, share, left=left, height=0.6, color=color, hatch=hatch, edgecolor=house.PAPER)
        if kept:
            x = left + (0.09 if y and k else share / 2)      # beside the dashed line
            look = {"color": house.PAPER, "ha": "center", "va": "center", "fontsize": 17}
            ax.text(x, y, f"{share:.3g}", **look)
        left += share
ax.plot([0.7, 0.7], [0.6, 1.45], color=house.INK, linestyle="--", linewidth=house.LINE)
ax.text(0.7, 1.5, "p = 0.7", ha="center", va="bottom", fontsize=house.SMALL)
ax.set_yticks([1, 0], ["原来", "归一"], fontsize=house.TEXT)
ax.set(xlabel="累积的概率", ylim=(-0.4, 1.85), xlim=(0, 1))
ax.grid(axis="y", visible=False)
plt.show()
