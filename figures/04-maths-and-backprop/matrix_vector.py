"""W x as a mixture of the columns of W."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

W = np.array([[1, 2], [3, 4]])
first, second = 5 * W[:, 0], 6 * W[:, 1]
fig, ax = house.figure(5, 3.55)
for start, vector, color, text, at in [
    ((0, 0), first, house.BLUE, r"$5\,(1,3)$", (4.6, 4.5)),
    (first, second, house.ORANGE, r"$6\,(2,4)$", (12.2, 25)),
    ((0, 0), first + second, house.TEAL, r"$Wx=(17,39)$", (12.3, 17)),
]:
    look = {"arrowstyle": "-|>,head_width=0.4,head_length=0.8", "color": color, "lw": 3,
            "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", np.add(start, vector), start, arrowprops=look)
    ax.text(*at, text, color=color, fontsize=house.TITLE)
ax.set(xlim=(0, 22), ylim=(0, 42), xlabel="第 1 个分量", ylabel="第 2 个分量")
plt.show()
