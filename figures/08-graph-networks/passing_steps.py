"""One round of message passing on the graph of five nodes: sum, then the average with oneself."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

from matplotlib.animation import FuncAnimation
from parts import FIVE_EDGES, five, links, message, spots

plt.rcParams["savefig.dpi"] = 110
fig, ax = house.canvas(11.6, 4.8)
frame = ax.axis()
places = five((1.2, 1.3), 1.5)
near = {i: [a + b - i for a, b in FIVE_EDGES if i in (a, b)] for i in range(5)}
h = [1, 2, 3, 4, 5]
total = {i: sum(h[j] for j in near[i]) for i in range(5)}
new = {i: (h[i] + total[i]) / 2 for i in range(5)}
STEPS = [("start", None)] + [(kind, i) for i in (2, 0) for kind in ("collect", "update")] + [("all", None)]
SAY = {
    "start": "每个节点有一个数",
    "collect": "收：{i} 号向邻居要消息，求和",
    "update": "改：自己的一半，加消息的一半",
    "all": "五个节点同时做：这就是一层",
}


def draw(step):
    ax.clear()
    ax.axis("off")
    ax.axis(frame)
    kind, i = STEPS[min(step, len(STEPS) - 1)]
    links(ax, places, FIVE_EDGES, color=house.HAIRLINE, width=2)
    fills, texts = [house.tint(house.BLUE)] * 5, [str(v) for v in h]
    if kind == "collect":
        for j in near[i]:
            message(ax, places[j], places[i], 0.42, color=house.ORANGE, width=3)
        fills[i] = house.tint(house.ORANGE, 0.6)
        house.label(
            ax,
            (9.4, 3.1),
            " + ".join(str(h[j]) for j in near[i]) + f" = {total[i]}",
            color=house.ORANGE,
            size=22,
        )
    if kind == "update":
        fills[i], texts[i] = house.tint(house.TEAL, 0.6), f"{new[i]:g}"
        house.label(ax, (9.4, 3.1), f"({h[i]} + {total[i]}) / 2 = {new[i]:g}", color=house.TEAL, size=22)
    if kind == "all":
        fills, texts = [house.tint(house.TEAL, 0.6)] * 5, [f"{new[k]:g}" for k in range(5)]
        house.label(ax, (9.4, 3.5), "旧  " + "  ".join(map(str, h)), color=house.BLUE, size=22)
        house.label(ax, (9.4, 2.9), "新  " + "  ".join(texts), color=house.TEAL, size=22)
    spots(ax, places, fills, radius=0.4, edge=house.BLUE, texts=texts, size=house.TEXT, width=1.7)
    for k, (dx, dy) in enumerate(((-0.65, 0), (-0.65, 0), (0, -0.68), (0, -0.68), (0, -0.68))):
        house.label(
            ax, (places[k][0] + dx, places[k][1] + dy), f"{k} 号", color=house.MUTED, size=house.SMALL,
        )
    house.label(ax, (5.8, 0.45), SAY[kind].format(i=i), size=20)


animation = FuncAnimation(fig, draw, frames=len(STEPS) + 1, interval=1500)
draw(len(STEPS) - 1)
plt.show()
