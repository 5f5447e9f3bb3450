"""ResNet-50：左边一个瓶颈块，右边 3、4、6、3 个块的四段。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

NOTE = 17  # 页面上会缩小一些
fig, ax = house.canvas(11.6, 5.0)
house.label(ax, (1.7, 4.72), "一个瓶颈块", bold=True)
tops = []
for y, text, width in ((3.5, "1×1，64", 1.5), (2.6, "3×3，64", 1.5), (1.7, "1×1，256", 2.3)):
    tops.append(house.box(ax, (1.5, y), text, width=width, height=0.6, color=house.ORANGE, size=NOTE))
house.label(ax, (1.5, 4.34), "256", mono=True, size=NOTE, color=house.MUTED)
plus = house.node(ax, (1.5, 0.95), "+", radius=0.22, color=house.TEAL, filled=True)
for a, b in zip(tops, [*tops[1:], plus]):
    house.arrow(ax, a.bottom, b.top, gap=1)
house.arrow(ax, (1.5, 4.16), tops[0].top, gap=0)
ax.plot([1.5, 2.95, 2.95], [4.03, 4.03, 0.95], color=house.TEAL, linewidth=house.LINE, zorder=2)
house.arrow(ax, (2.95, 0.95), plus.right, color=house.TEAL, gap=1, width=house.LINE)
house.arrow(ax, plus.bottom, (1.5, 0.35), gap=1)
house.label(ax, (7.5, 4.72), "整个网络：1 + 3 × 16 + 1 = 50 层", bold=True)
y, x = 2.75, 3.95
stem = house.box(ax, (x, y), "7×7\n池化", width=0.9, height=1.0, color=house.BLUE, size=NOTE)
last, x = stem.right, 4.75
hues = (house.TEAL, house.GOLD, house.ORANGE, house.PURPLE)
for stage, (blocks, hue) in enumerate(zip((3, 4, 6, 3), hues)):
    start = x
    for _ in range(blocks):
        box = house.box(ax, (x, y), width=0.2, height=1.5 - 0.25 * stage, color=hue)
        x += 0.24
    middle = (start + x - 0.24) / 2
    house.arrow(ax, last, (start - 0.1, y), gap=1)
    house.label(ax, (middle, 3.9), f"{blocks} 块", color=hue, size=NOTE)
    house.label(ax, (middle, 1.65 - 0.36 * (stage % 2)),
        f"{256 * 2**stage}×{56 // 2**stage}×{56 // 2**stage}", mono=True, size=NOTE, color=house.MUTED)
    last, x = box.right, x + 0.34
house.box(ax, (x + 0.5, y), "池化\n线性", width=0.9, height=1.0, color=house.GREY, size=NOTE)
house.arrow(ax, last, (x + 0.05, y), gap=1)
house.label(ax, (7.5, 0.5), "每段第一块的捷径上有 1×1 卷积：通道变了；后三段还减半",
    color=house.MUTED, size=NOTE)
plt.show()
