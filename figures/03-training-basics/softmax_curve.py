"""How the probabilities change while one of three logits grows."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

z1 = torch.linspace(-4, 8, 400)
logits = torch.stack([z1, torch.full_like(z1, 1.0), torch.full_like(z1, 2.0)], dim=1)
p = torch.softmax(logits, dim=1)

fig, ax = house.figure(5.6, 3.8)
names = ["$p_1$：$z_1$ 在变", "$p_2$：$z_2=1$", "$p_3$：$z_3=2$"]
places = [(3.4, 0.5), (-3.8, p[0, 1] + 0.07), (-3.8, p[0, 2] + 0.07)]
for column, (name, place, color) in enumerate(zip(names, places, house.COLORS)):
    ax.plot(z1, p[:, column], color=color)
    house.label(ax, place, name, color=color, size=house.SMALL, ha="left")
ax.axhline(1, color=house.GREY, linewidth=house.THIN, linestyle=(0, (4, 3)))
ax.set(xlabel="$z_1$", ylabel="概率", ylim=(0, 1.05), xlim=(-4, 8))
plt.show()
