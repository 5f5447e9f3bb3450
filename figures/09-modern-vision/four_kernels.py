"""One kernel in four directions."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
import torch

from parts import picture

kernel = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
fig, axes = house.figure(5.0, 1.7, cols=4)
for k, ax in enumerate(axes):
    picture(ax, kernel.rot90(k), f"{90 * k}°", cmap="house_diverging", vmin=-2.6, vmax=2.6)
plt.show()
