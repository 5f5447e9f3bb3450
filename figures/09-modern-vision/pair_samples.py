"""Pictures and their words."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "snippets/09-modern-vision"))

import torch
from pairs import captions, draw, hidden

from parts import picture

images = draw(captions, torch.Generator().manual_seed(6))
fig, axes = house.figure(5.6, 5.6, rows=4, cols=4)
for ax, image, word in zip(axes.flat, images, captions):
    picture(ax, image.permute(1, 2, 0).clamp(0, 1))
    ax.set_title(word, fontsize=house.SMALL, weight="normal", pad=6)
    if word in hidden:
        ax.spines[:].set(color=house.ORANGE, linewidth=4)
fig.get_layout_engine().set(h_pad=0.1, w_pad=0.08)
plt.show()
