"""GoogLeNet：五段九个 Inception，中间挂两个只在训练时用的辅助分类器。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(11.6, 4.8)
y = 2.35
items = [("7×7\n卷积", house.ORANGE), ("1×1\n3×3", house.ORANGE)]
items += [(name, house.TEAL) for name in ("3a", "3b", "4a", "4b", "4c", "4d", "4e", "5a", "5b")]
items += [("平均\n池化", house.GREY), ("线性", house.PURPLE)]
x, boxes = 0.55, []
pools = {0, 1, 3, 8}
for number, (name, color) in enumerate(items):
    box = house.box(ax, (x, y), name, width=0.68, height=1.0, color=color, size=house.SMALL)
    if boxes:
        house.arrow(ax, boxes[-1].right, box.left, gap=0)
    boxes.append(box)
    x += 0.97 if number in pools else 0.8
for number in pools:
    at = ((boxes[number].right[0] + boxes[number + 1].left[0]) / 2, y)
    ax.plot([at[0], at[0]], [y - 0.75, y + 0.75], color=house.BLUE, linestyle="--",
        linewidth=house.EDGE, zorder=2)
for number, word in ((4, "辅助 1"), (7, "辅助 2")):
    aux = house.box(ax, (boxes[number].center[0], 3.9), word, width=1.3, height=0.6,
        color=house.RED, size=house.SMALL)
    house.arrow(ax, boxes[number].top, aux.bottom, gap=1, dashed=True)
house.label(ax, (boxes[-1].center[0] - 0.1, 3.3), "主分类器", color=house.PURPLE, size=house.SMALL)
for first, last, word in ((0, 0, "64"), (1, 1, "192"), (2, 3, "480"), (4, 8, "832"), (9, 10, "1024")):
    a, b = boxes[first].left[0], boxes[last].right[0]
    house.label(ax, ((a + b) / 2, 1.35), word, mono=True, size=house.SMALL, color=house.MUTED)
house.label(ax, (5.8, 0.85), "下面的数：这一段输出的通道", color=house.MUTED, size=house.SMALL)
house.label(ax, (5.8, 0.4), "蓝色虚线：3×3 最大池化，步长 2", color=house.BLUE, size=house.SMALL)
plt.show()
