"""What is left of a gradient after so many steps through a forget gate that stays at f."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.figure(5.0, 2.35)
steps = range(101)
for f, color, style in (
    (1.0, house.TEAL, "-"), (0.99, house.ORANGE, "--"), (0.9, house.BLUE, "-."), (0.5, house.RED, ":")
):
    ax.plot(steps, [f**k for k in steps], color=color, linestyle=style)
ax.set(xlabel="走了几步", ylabel="还剩多少", xlim=(0, 100))
ax.set_yscale("log")
ax.set_ylim(1e-6, 40)
ax.set_yticks((1, 1e-2, 1e-4, 1e-6))
ax.minorticks_off()
for text, color, at in (
    ("$f=1$", house.TEAL, (62, 2)),
    ("$f=0.99$", house.ORANGE, (68, 0.03)),
    ("$f=0.9$", house.BLUE, (44, 6e-5)),
    ("$f=0.5$", house.RED, (19, 1.3e-5)),
):
    ax.text(*at, text, color=color, fontsize=house.SMALL)
plt.show()
