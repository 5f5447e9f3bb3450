"""One RNN cell: the new state from the old state and the input."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(11.6, 4.8)
y = 2.7
x_in = house.box(ax, (1.4, 1.0), r"输入 $x_t$", width=2.0, color=house.BLUE, note="(4, 10)", height=1.1)
h_in = house.box(ax, (1.4, y), r"旧状态 $h_{t-1}$", width=2.3, color=house.TEAL, note="(4, 20)", height=1.1)
w_h = house.box(ax, (4.2, y), r"$W_{hh}$", width=1.5, color=house.ORANGE, note="20×20", height=1.1)
w_x = house.box(ax, (4.2, 1.0), r"$W_{xh}$", width=1.5, color=house.ORANGE, note="20×10", height=1.1)
plus = house.node(ax, (6.0, y), "+", radius=0.34, color=house.GREY, size=24)
bias = house.box(ax, (6.0, 3.85), r"$b$", width=0.9, height=0.62, color=house.ORANGE)
tanh = house.box(ax, (7.6, y), "tanh", width=1.4, height=1.1, color=house.PURPLE)
h_out = house.box(
    ax, (10.2, y), r"新状态 $h_t$", width=2.3, color=house.TEAL, note="(4, 20)", height=1.1, filled=True
)
house.arrow(ax, h_in.right, w_h.left)
house.arrow(ax, x_in.right, w_x.left)
house.arrow(ax, w_h.right, plus.left)
house.arrow(ax, w_x.right, (5.8, y - 0.34), bend=0.25)
house.arrow(ax, bias.bottom, plus.top)
house.arrow(ax, plus.right, tanh.left)
house.arrow(ax, tanh.right, h_out.left)
ax.plot(
    [10.2, 10.2, 1.4],
    [y + 0.6, 4.5, 4.5],
    color=house.MUTED,
    linestyle=(0, (4, 3)),
    linewidth=house.EDGE,
    zorder=2,
)
house.arrow(ax, (1.4, 4.5), h_in.top, color=house.MUTED)
house.label(ax, (8.4, 4.2), "下一步再用", color=house.MUTED, size=house.SMALL)
plt.show()
