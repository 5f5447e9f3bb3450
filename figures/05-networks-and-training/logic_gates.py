"""与、或、异或的四个点：哪一个一条直线分不开？"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

X = [(0, 0), (0, 1), (1, 0), (1, 1)]
GATES = {"AND（与）": [0, 0, 0, 1], "OR（或）": [0, 1, 1, 1], "XOR（异或）": [0, 1, 1, 0]}
assert all((a ^ b) == t for (a, b), t in zip(X, GATES["XOR（异或）"]))

fig, axes = house.figure(11.4, 4.3, cols=3)
for ax, (name, targets) in zip(axes, GATES.items()):
    for (a, b), target in zip(X, targets):
        ax.plot(a, b, marker="s" if target else "o", markersize=24, linestyle="",
                color=house.ORANGE if target else house.BLUE)
        ax.annotate(str(target), (a, b), ha="center", va="center", color=house.PAPER, fontsize=house.SMALL)
    ax.set(title=name, xlabel="$x_1$", ylabel="$x_2$", xticks=[0, 1], yticks=[0, 1],
           xlim=(-0.5, 1.5), ylim=(-0.5, 1.5), aspect="equal")
    ax.grid(False)
plt.show()
