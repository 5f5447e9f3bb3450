"""Some digits of the training set with their labels."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
sys.path.append(str(Path(__file__).resolve().parents[2] / "snippets/shared"))
import house
from data import load_split


rows, cols = 2, 5
train_set = load_split()[0]
fig, axes = house.figure(5.2, 3, rows=rows, cols=cols)
for ax, i in zip(axes.flat, range(rows * cols)):
    image, label = train_set[i]
    ax.imshow(image[0], cmap="house")
    ax.set_title(str(label), color=house.ORANGE, pad=6)
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set(visible=True, color=house.HAIRLINE)
plt.show()
