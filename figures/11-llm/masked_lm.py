"""BERT：盖住几个字，用左右两边猜。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from parts import cells

fig, ax = house.canvas(11.8, 4.9)
text = list("春眠不觉晓处处闻啼鸟")
given = list("春眠不■晓处处花啼鸟")
W = 0.88
left = 1.9
said = "双向 Transformer：每个字都看左右两边"
house.box(ax, (left + 5 * W, 2.45), said, width=10 * W, height=0.8, color=house.GREY)
special = {3: house.ORANGE, 7: house.PURPLE, 1: house.TEAL}
colors = [special.get(k, house.BLUE) for k in range(10)]
house.label(ax, (1.75, 1.1), "输入", ha="right")
house.label(ax, (1.75, 3.75), "要猜", ha="right")
row = cells(ax, left, 1.1, given, colors, width=W, filled=special)
for k, shape in enumerate(row):
    house.arrow(ax, shape.top, (shape.center[0], 2.05), color=colors[k], gap=2)
for k, color in special.items():
    x = row[k].center[0]
    house.arrow(ax, (x, 2.85), (x, 3.42), color=color, gap=2)
    house.box(ax, (x, 3.75), text[k], width=W * 0.92, height=0.62, color=color, filled=True)
for k, word in ((3, "盖住 80%"), (7, "换字 10%"), (1, "不动 10%")):
    house.label(ax, (row[k].center[0], 4.4), word, color=special[k])
house.label(ax, (left + 5 * W, 0.3), "选中的（约 15%）才算损失；别的字不算", color=house.MUTED)
plt.show()
