"""Made scenes and their depth."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "snippets/09-modern-vision"))

import torch
from depth_scenes import scenes

from parts import picture

images, depths = scenes(4, torch.Generator().manual_seed(3), 48)
fig, axes = house.figure(5.2, 4.4, rows=2, cols=2)
for k, (above, below) in enumerate(axes.T):
    picture(above, images[k, 0], cmap="gray", vmin=0, vmax=1)
    drawn = picture(below, depths[k, 0], cmap="house", vmin=0, vmax=8)
for ax, text in zip(axes[:, 0], ("图", "深度")):
    ax.set_ylabel(text, rotation=0, ha="right", va="center")
fig.colorbar(drawn, ax=axes[1], ticks=(0, 4, 8))
plt.show()
