"""多层感知机的结构：输入层、一个隐藏层、输出层。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(4.4, 3.0)
layers = [
    (0.6, 4, house.BLUE, "输入 784"),
    (2.2, 5, house.ORANGE, "隐藏 256"),
    (3.8, 3, house.TEAL, "输出 10"),
]
drawn = []
for x, count, color, name in layers:
    drawn.append(house.neurons(ax, x, count, middle=1.75, gap=0.5, radius=0.18, color=color))
    house.label(ax, (x, 0.22), name, color=color, size=house.SMALL, bold=True)
for a, b in zip(drawn, drawn[1:]):
    house.connect(ax, a, b)
plt.show()
