"""空洞卷积：还是九个权重，间隔拉开，看得更远。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(11.4, 4.6)
for middle, d in ((1.9, 1), (5.7, 2), (9.5, 3)):
    reach = 2 * d + 1
    taps = [(3 + d * (m - 1), 3 + d * (n - 1)) for m in range(3) for n in range(3)]
    grid = house.matrix(ax, (middle, 2.35), rows=7, cols=7, cell=0.46, marked=taps)
    half = reach * 0.23
    ax.add_patch(
        plt.Rectangle((middle - half, 2.35 - half), 2 * half, 2 * half, fill=False,
                      edgecolor=house.ORANGE, linewidth=house.LINE, linestyle="--", zorder=6)
    )
    for at in taps:
        house.label(ax, grid.cells[at], "w", mono=True, size=house.SMALL)
    house.label(ax, (middle, 4.3), f"空洞率 d = {d}")
    house.label(ax, (middle, 0.4), f"看 {reach}×{reach}，9 个权重", color=house.MUTED, size=house.SMALL)
plt.show()
