"""The scores of one head: pixels against patches."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
fig, ax = house.figure(5.0, 2.7)
names, values = ("224² 像素", "16×16 的块"), (50176**2, 197**2)
bars = ax.barh(names, values, color=(house.RED, house.TEAL), height=0.55)
ax.set(xscale="log", xlim=(1e3, 3e12), xlabel="每个头打几次分")
for bar, text in zip(bars, ("25 亿", "3.9 万")):
    ax.text(bar.get_width() * 1.5, bar.get_y() + bar.get_height() / 2, text, va="center", fontsize=house.TEXT)
ax.invert_yaxis()
ax.grid(False)
plt.show()
