"""Where the class token of the small ViT looks."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
import numpy as np

from parts import learnt, picture

data = learnt("vit")
fig, axes = house.figure(11.6, 5.2, rows=2, cols=4)
for k, (above, below) in enumerate(axes.T):
    image, weights = np.array(data["images"][k]), np.array(data["maps"][k])
    picture(above, image, data["names"][k], cmap="gray")
    drawn = picture(below, weights / weights.sum(), vmin=0, vmax=0.12)
axes[0, 0].set_ylabel("输入", fontsize=house.TEXT)
axes[1, 0].set_ylabel("[CLS] 的权重", fontsize=house.TEXT)
bar = fig.colorbar(drawn, ax=axes, ticks=(0, 0.06, 0.12), shrink=0.5, anchor=(0, 0.03))
bar.ax.set_title("权重", fontsize=house.SMALL, weight="normal")
plt.show()
