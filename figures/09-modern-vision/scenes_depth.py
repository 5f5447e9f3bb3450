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
fig, axes = house.figure(5.8, 3.4, rows=2, cols=3)
for k, (above, below) in enumerate(axes.T):
    picture(above, images[k, 0], cmap="gray", vmin=0, vmax=1)
    drawn = picture(below, depths[k, 0], cmap="house", vmin=0, vmax=8)
axes[0, 0].set_ylabel("图")
axes[1, 0].set_ylabel("深度")
fig.colorbar(drawn, ax=axes, ticks=(0, 4, 8), label="深度")
plt.show()
