"""Where the two readers of a bidirectional network end, and what the last position holds."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

from matplotlib.patches import Rectangle

fig, ax = house.canvas(5.0, 2.0)
for y, color, done, name in ((1.2, house.TEAL, 5, "正向 →"), (0.65, house.ORANGE, 0, "← 反向")):
    house.label(ax, (0.5, y), name, color=color, size=house.SMALL)
    for t in range(6):
        text = ("h[0]" if done else "h[1]") if t == done else ""
        house.box(
            ax,
            (1.4 + 0.62 * t, y),
            text,
            width=0.58,
            height=0.46,
            color=color,
            filled=t == done,
            mono=True,
            size=house.SMALL,
        )
at = 1.4 + 0.62 * 5
frame = Rectangle(
    (at - 0.34, 0.36), 0.68, 1.13, facecolor="none", edgecolor=house.RED, linewidth=house.LINE, zorder=7
)
ax.add_patch(frame)
house.label(ax, (4.9, 1.72), "states[:, -1]", color=house.RED, size=house.SMALL, mono=True, ha="right")
house.label(ax, (4.9, 0.16), "这一半只读了一步", color=house.RED, size=house.SMALL, ha="right")
plt.show()
