# /// script
# dependencies = ["matplotlib", "torch"]
# [tool.deckwright.vary]
# width = [8, 16, 32, 64]
# ///
"""Sinusoidal positions: the matrix, and dot products that fall with the distance."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

sys.path.append(str(Path(__file__).resolve().parents[2] / "snippets/07-sequence-models"))
from positions import positions

width = 32
P = positions(64, width)
fig, (left, right) = house.figure(11.6, 4.7, cols=2, width_ratios=(1.1, 1))
shown = left.imshow(P.T, cmap="house_diverging", vmin=-1, vmax=1, aspect="auto", origin="lower")
left.set(title="每个位置一列", xlabel="第几个词", ylabel="第几维")
left.grid(False)
fig.colorbar(shown, ax=left, ticks=(-1, 0, 1), pad=0.03)
fig.get_layout_engine().set(wspace=0.06)
near = positions(200, width) @ positions(200, width).T
for at, color, style, marker in ((50, house.BLUE, "-", ""), (100, house.ORANGE, "none", "o")):
    right.plot(
        range(-30, 31),
        near[at, at - 30 : at + 31],
        color=color,
        linestyle=style,
        marker=marker,
        markevery=4,
        label=f"从第 {at} 个词看",
    )
right.set(title="点积只看相隔多远", xlabel="相隔几个词", ylabel="点积")
right.set_ylim(None, 21 * width / 32)
right.legend(loc="upper right")
plt.show()
