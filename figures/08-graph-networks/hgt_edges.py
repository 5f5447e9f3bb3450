"""HGT: a paper asks its authors and its venue; types have their own matrices, all edges share one softmax."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(11.6, 4.7)
rows = (
    ("作者 甲", house.BLUE, "作者", "写作", 3.9),
    ("作者 乙", house.BLUE, "作者", "写作", 2.6),
    ("会议 X", house.GOLD, "会议", "发表", 1.3),
)
for name, color, kind, relation, y in rows:
    a = house.box(ax, (1.0, y), name, width=1.5, height=0.7, color=color)
    b = house.box(ax, (3.35, y), f"K、V：{kind}", width=2.0, height=0.7, color=color)
    c = house.box(
        ax,
        (6.05, y),
        f"边矩阵：{relation}",
        width=2.3,
        height=0.7,
        color=house.ORANGE if relation == "写作" else house.PURPLE,
    )
    house.arrow(ax, a.right, b.left)
    house.arrow(ax, b.right, c.left)
    house.arrow(ax, c.right, (8.05, 2.6 + (y - 2.6) * 0.35))
s = house.box(ax, (8.75, 2.6), "softmax", width=1.4, height=1.5, color=house.GREY)
p = house.box(ax, (10.7, 2.6), "论文 0", width=1.4, height=0.8, color=house.TEAL, filled=True)
house.arrow(ax, s.right, p.left)
q = house.box(ax, (10.0, 4.1), "Q：论文", width=1.7, height=0.7, color=house.TEAL)
house.arrow(ax, p.top, (10.35, 3.75))
house.arrow(ax, (9.5, 3.75), (9.0, 3.35))
house.label(ax, (5.8, 0.4), "同类的节点、同类的边，共用矩阵；三条边在同一个 softmax 里比", color=house.MUTED)
plt.show()
