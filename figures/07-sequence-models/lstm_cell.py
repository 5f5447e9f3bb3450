"""The LSTM cell: the cell state runs straight through, three gates decide."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

from parts import gate, path, times

fig, ax = house.canvas(11.6, 5.1)
C, H = 4.15, 0.85
ax.add_patch(
    plt.Rectangle(
        (1.7, 1.25), 8.7, 3.65, facecolor="#f6f8fa", edgecolor=house.HAIRLINE, linewidth=house.EDGE, zorder=0
    ),
)
forget, add = times(ax, (3.2, C)), times(ax, (5.6, C), "+")
write, show = times(ax, (5.6, 3.15)), times(ax, (8.8, 2.5))
squash = gate(ax, (8.8, 3.3), "tanh", house.PURPLE)
f = gate(ax, (3.2, 1.95), r"$f$: $\sigma$")
i = gate(ax, (4.7, 1.95), r"$i$: $\sigma$")
g = gate(ax, (6.5, 1.95), r"$g$: tanh", house.PURPLE, width=1.25)
o = gate(ax, (7.9, 1.95), r"$o$: $\sigma$")
path(ax, [(0.95, C), forget.left], house.TEAL, 4)
path(ax, [forget.right, add.left], house.TEAL, 4)
path(ax, [add.right, (10.6, C)], house.TEAL, 4)
house.label(ax, (0.5, C), r"$c_{t-1}$", color=house.TEAL)
house.label(ax, (11.05, C), r"$c_t$", color=house.TEAL)
ax.plot([0.95, 7.9], [H, H], color=house.INK, linewidth=house.EDGE, zorder=1)
for box in (f, i, g, o):
    path(ax, [(box.center[0], H), box.bottom])
house.label(ax, (0.5, H), r"$h_{t-1}$", color=house.BLUE)
path(ax, [(2.2, 0.42), (2.2, H)], house.BLUE)
house.label(ax, (2.2, 0.22), r"$x_t$", color=house.BLUE)
path(ax, [f.top, forget.bottom])
path(ax, [i.top, (4.7, 3.15), write.left])
path(ax, [g.top, (6.5, 3.15), write.right])
path(ax, [write.top, add.bottom])
path(ax, [(8.8, C), squash.top])
path(ax, [squash.bottom, show.top])
path(ax, [o.top, (7.9, 2.5), show.left])
path(ax, [show.bottom, (8.8, H), (10.6, H)], house.BLUE)
house.label(ax, (11.05, H), r"$h_t$", color=house.BLUE)
house.label(ax, (3.2, 4.64), "忘掉一部分", size=house.SMALL, color=house.MUTED)
house.label(ax, (5.6, 4.64), "记下新的", size=house.SMALL, color=house.MUTED)
house.label(ax, (9.0, 1.95), "给外面看", size=house.SMALL, color=house.MUTED, ha="left")
plt.show()
