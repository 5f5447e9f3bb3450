"""权重读一遍，一批里的每个人都用得上。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(5.2, 2.7)
for left, people, title in ((1.25, 1, "一个人"), (3.95, 4, "四个人")):
    weights = house.box(ax, (left, 2.1), "权重", width=1.9, height=0.7, color=house.GREY)
    for k in range(people):
        x = left + (k - (people - 1) / 2) * 0.52
        at = house.box(ax, (x, 0.95), "字", width=0.46, height=0.56, color=house.ORANGE, filled=True)
        house.arrow(ax, (x, 1.72), at.top, gap=2)
    house.label(ax, (left, 0.3), f"{title}：读一遍", size=house.SMALL, color=house.MUTED)
plt.show()
