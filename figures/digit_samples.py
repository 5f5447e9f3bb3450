"""Some digits of the training set with their labels."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torchvision.utils import make_grid

import house

sys.path.append(str(Path(__file__).resolve().parent.parent / "snippets"))
from data import load_split

train_set = load_split()[0]
samples = [train_set[i] for i in range(24)]
grid = make_grid(torch.stack([image for image, _ in samples]), nrow=8, normalize=True, padding=12, pad_value=0)

fig, ax = house.figure(10.6, 4.4)
ax.imshow(grid[0], cmap="house")
for i, (_, label) in enumerate(samples):
    ax.text(40 * (i % 8) + 3, 40 * (i // 8) + 12, str(label), color=house.ORANGE, fontsize=house.SMALL, weight="bold", va="top")
ax.axis("off")
plt.show()
