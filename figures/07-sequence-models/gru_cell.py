"""The GRU cell in PyTorch's form: the reset gate after the recurrent product, z weighs the old state."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

from parts import gate, path, times

fig, ax = house.canvas(11.6, 4.9)
H, X = 4.2, 0.7
ax.add_patch(
    plt.Rectangle(
        (1.6, 1.15), 8.4, 3.5, facecolor="#f6f8fa", edgecolor=house.HAIRLINE, linewidth=house.EDGE, zorder=0
    ),
)
house.label(ax, (0.5, H), r"$h_{t-1}$", color=house.TEAL)
house.label(ax, (0.5, X), r"$x_t$", color=house.BLUE)
keep, add = times(ax, (7.0, H)), times(ax, (9.0, H), "+")
path(ax, [(0.95, H), keep.left], house.TEAL, 4)
path(ax, [keep.right, add.left], house.TEAL, 4)
path(ax, [add.right, (10.7, H)], house.TEAL, 4)
house.label(ax, (11.1, H), r"$h_t$", color=house.TEAL)
r = gate(ax, (2.7, 1.75), r"$r$: $\sigma$")
u = gate(ax, (3.9, 3.3), r"$U_n h$", house.GREY)
reset = times(ax, (3.9, 1.75))
n = gate(ax, (5.5, 1.75), r"$n$: tanh", house.PURPLE, width=1.25)
z = gate(ax, (7.0, 3.0), r"$z$: $\sigma$")
mix = times(ax, (9.0, 1.75))
path(ax, [(3.9, H), u.top], house.TEAL)
path(ax, [u.bottom, reset.top])
path(ax, [r.right, reset.left])
path(ax, [reset.right, n.left])
path(ax, [n.right, mix.left])
path(ax, [mix.top, add.bottom])
path(ax, [z.top, keep.bottom])
path(ax, [z.right, (8.2, 3.0), (8.2, 2.2), (8.78, 1.93)])
house.label(ax, (8.32, 2.65), r"$1-z$", size=house.SMALL, ha="left")
ax.plot([0.85, 7.0], [X, X], color=house.BLUE, linewidth=house.EDGE)
path(ax, [(2.7, X), r.bottom], house.BLUE)
path(ax, [(5.5, X), n.bottom], house.BLUE)
path(ax, [(7.0, X), z.bottom], house.BLUE)
path(ax, [(2.7, H), r.top], house.TEAL)
path(ax, [(6.2, H), (6.2, 3.0), z.left], house.TEAL)
house.label(ax, (8.0, 4.4), "留下的旧状态", size=house.SMALL, color=house.MUTED)
plt.show()
