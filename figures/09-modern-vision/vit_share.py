"""Where the parameters of ViT-B/16 are."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
parts = (("12 个块", 85_054_464, house.PURPLE), ("分类头", 769_000, house.TEAL), ("切块的层", 590_592,
    house.ORANGE), ("位置", 151_296, house.GOLD))
fig, ax = house.figure(5.0, 2.8)
bars = ax.barh([p[0] for p in parts], [p[1] / 1e6 for p in parts], color=[p[2] for p in parts], height=0.6)
ax.set(xlabel="参数（百万）", xlim=(0, 112))
for bar, (_, n, _) in zip(bars, parts):
    ax.text(bar.get_width() + 2, bar.get_y() + bar.get_height() / 2, f"{n / 1e6:.2f}", va="center",
        fontsize=house.SMALL)
ax.invert_yaxis()
ax.grid(False)
plt.show()
