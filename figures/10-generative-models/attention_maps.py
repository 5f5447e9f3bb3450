"""Which places look at which word, in the trained painter."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

from parts import learnt, picture

data = learnt("cross")
fig, axes = house.figure(11.6, 3.6, cols=6)
picture(axes[0], data["picture"])
axes[0].set_title("要画的", weight="normal")
for ax, word, weights in zip(axes[1:5], data["words"], data["weights"]):
    drawn = picture(ax, weights)
    drawn.set_cmap(plt.get_cmap("house"))
    ax.set_title(f"“{word}”", color=house.ORANGE)
picture(axes[5], data["painted"])
axes[5].set_title("画出来的", weight="normal")
bar = fig.colorbar(drawn, ax=axes[1:5], orientation="horizontal", shrink=0.5, aspect=30, pad=0.04)
bar.set_label("注意力权重", fontsize=house.SMALL)
plt.show()
