"""PagedAttention：每个请求一张块表，块散在显存各处。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

sys.path.append(str(Path(__file__).resolve().parents[2] / "snippets/11-llm"))
from paged import Pages

lengths = {"甲": 10, "乙": 3, "丙": 7}
colors = {"甲": house.BLUE, "乙": house.ORANGE, "丙": house.TEAL}
pages = Pages(blocks=8, size=4)
where = {}
for t in range(10):
    for name, n in lengths.items():
        if t < n:
            block, at = pages.append(name)
            where[block, at] = (name, t)
fig, ax = house.canvas(11.8, 5.0)
house.label(ax, (2.1, 4.7), "每个请求的块表", bold=True)
house.label(ax, (8.9, 4.7), "显存里的块（每块 4 个 token 的 k、v）", bold=True)
C = 0.5
for block in range(8):
    x, y = (6.0 if block < 4 else 9.2), 3.9 - 1.05 * (block % 4)
    house.label(ax, (x - 0.15, y), f"{block}", color=house.MUTED, ha="right", mono=True)
    for at in range(4):
        name, t = where.get((block, at), ("", 0))
        color = colors.get(name, house.GREY)
        house.box(
            ax, (x + (at + 0.5) * C, y), f"{name}{t + 1}" if name else "", width=C * 0.94, height=0.6,
            color=color if name else house.tint(house.GREY, 0.6), size=house.SMALL,
        )
for k, (name, blocks) in enumerate(pages.table.items()):
    y = 3.7 - 1.4 * k
    house.label(ax, (0.55, y), name, color=colors[name], bold=True, size=22)
    for i, block in enumerate(blocks):
        look = {"width": 0.7, "height": 0.62, "color": colors[name], "mono": True, "filled": True}
        house.box(ax, (1.5 + 0.8 * i, y), f"{block}", **look)
    said = f"{lengths[name]} 个 token，{len(blocks)} 块"
    house.label(ax, (1.15, y - 0.58), said, ha="left", color=house.MUTED, size=house.SMALL)
plt.show()
