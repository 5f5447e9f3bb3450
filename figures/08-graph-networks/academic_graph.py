"""Authors, papers and venues with typed edges; one author-paper-venue-paper-author path in orange."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

from parts import links

fig, ax = house.canvas(11.6, 4.7)
authors = [(1.6 + 2.4 * k, 4.0) for k in range(4)]
papers = [(1.6 + 2.4 * k, 2.35) for k in range(4)]
venues = [(2.8, 0.7), (7.6, 0.7)]
writes = [(0, 0), (0, 1), (1, 0), (1, 2), (2, 2), (2, 3), (3, 3)]
holds = [(0, 0), (1, 0), (2, 1), (3, 1)]
path_w, path_h = {(1, 2), (3, 3)}, {(2, 1), (3, 1)}
for a, p in writes:
    on = (a, p) in path_w
    links(
        ax,
        [authors[a], papers[p]],
        [(0, 1)],
        color=house.ORANGE if on else house.GREY,
        width=4.5 if on else 1.6,
    )
for p, v in holds:
    on = (p, v) in path_h
    ax.plot(
        *zip(papers[p], venues[v]),
        color=house.ORANGE if on else house.GREY,
        linewidth=4.5 if on else 1.6,
        linestyle=(0, (4, 1.2)) if on else (0, (4, 2)),
        zorder=1,
    )
house.arrow(ax, (papers[3][0] - 0.35, 2.35), (papers[2][0] + 0.35, 2.35), color=house.PURPLE, gap=1)
house.label(ax, (7.6, 2.6), "引用", color=house.PURPLE, size=house.SMALL)
for k, name in enumerate("甲乙丙丁"):
    house.node(ax, authors[k], name, radius=0.34, color=house.BLUE)
for k in range(4):
    house.box(ax, papers[k], str(k), width=0.62, height=0.5, color=house.TEAL)
for k, name in enumerate("XY"):
    ax.add_patch(
        plt.Polygon(
            [
                (venues[k][0], 1.12),
                (venues[k][0] + 0.48, 0.7),
                (venues[k][0], 0.28),
                (venues[k][0] - 0.48, 0.7),
            ],
            facecolor=house.tint(house.GOLD),
            edgecolor=house.GOLD,
            linewidth=1.7,
            zorder=3,
        ),
    )
    house.label(ax, venues[k], name)
for y, text, color in ((4.0, "作者", house.BLUE), (2.35, "论文", house.TEAL), (0.7, "会议", house.GOLD)):
    house.label(ax, (0.6, y), text, color=color, bold=True)
house.label(ax, (10.5, 3.2), "写作 (实线)", color=house.MUTED, size=house.SMALL)
house.label(ax, (10.5, 1.5), "发表 (虚线)", color=house.MUTED, size=house.SMALL)
house.label(ax, (10.4, 0.7), "橙：乙到丁的一条", color=house.ORANGE, size=house.SMALL)
plt.show()
