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
ax.set(xlabel="走了几步", ylabel="还剩多少", ylim=(-0.03, 1.05), yticks=(0, 0.5, 1), xlim=(0, 100))
for text, color, at in (
    ("$f=1$", house.TEAL, (62, 0.86)),
    ("$f=0.99$", house.ORANGE, (56, 0.62)),
    ("$f=0.9$", house.BLUE, (16, 0.25)),
    ("$f=0.5$", house.RED, (3.5, 0.03)),
):
    ax.text(*at, text, color=color, fontsize=house.SMALL)
plt.show()
