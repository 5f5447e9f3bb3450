"""Some digits of the training set with their labels."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torchvision.utils import make_grid

import house

sys.path.append(str(Path(__file__).resolve().parent.parent / "snippets"))
from data import load_split

rows, cols, gap = 3, 5, 14
train_set = load_split()[0]
samples = [train_set[i] for i in range(rows * cols)]
grid = make_grid(
    torch.stack([image for image, _ in samples]), nrow=cols, normalize=True, padding=gap, pad_value=0
)

fig, ax = house.figure(5.1, 3)
ax.imshow(grid[0], cmap="house")
for i, (_, label) in enumerate(samples):
    row, col = divmod(i, cols)
    ax.text(
        (28 + gap) * col + gap / 2,
        (28 + gap) * row + gap,
        str(label),
        color=house.ORANGE,
        weight="bold",
        ha="center",
        va="top",
    )
ax.axis("off")
plt.show()
