"""Three who ask: the width of an edge is the attention that the trained GAT pays to it."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

import json
import math

from parts import LEARNT, links, spots

data = json.loads((LEARNT / "expert.json").read_text())
fig, ax = house.canvas(11.6, 4.6)
for n, (center, star) in enumerate(zip(data["centers"], data["stars"])):
    at = (2.1 + 3.7 * n, 2.5)
    star = [s for s in star if s[0] != center]
    for k, (who, weight, says) in enumerate(star):
        t = math.pi / 2 + 2 * math.pi * k / len(star)
        place = (at[0] + 1.35 * math.cos(t), at[1] + 1.35 * math.sin(t))
        expert = who < data["experts"]
        color = house.ORANGE if expert else house.GREY
        links(ax, [at, place], [(0, 1)], color=color, width=0.8 + 9 * weight)
        spots(
            ax,
            [place],
            house.tint(color, 0.75),
            radius=0.29,
            edge=color,
            texts=["+" if says > 0 else "−"],
            size=house.TEXT,
            width=2,
        )
        if expert:
            house.label(
                ax,
                (at[0] + 1.95 * math.cos(t), at[1] + 1.92 * math.sin(t)),
                f"{weight:.2f}",
                color=house.ORANGE,
            )
    spots(
        ax,
        [at],
        house.tint(house.BLUE, 0.7),
        radius=0.3,
        edge=house.BLUE,
        texts=["?"],
        size=house.TEXT,
        width=2,
    )
house.label(ax, (5.8, 0.25), "橙：专家；灰：外行；线的粗细：注意力", color=house.MUTED, size=house.SMALL)
plt.show()
