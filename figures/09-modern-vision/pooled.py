"""What three poolings leave of a mask: the outline is gone."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "snippets/09-modern-vision"))

import torch
from torch.nn import functional as F
from shapes import mask

from parts import picture

fig, axes = house.figure(5.0, 3.3, rows=2, cols=3)
for row, values in zip(axes, ((3, 14.0, 16.0, 11.0), (2, 17.0, 18.0, 13.0))):
    truth = mask(*(torch.tensor([v]) for v in values))[0].double()
    small = F.avg_pool2d(truth[None, None], 8)
    back = F.interpolate(small, scale_factor=8, mode="bilinear")[0, 0] > 0.5
    for ax, image in zip(row, (truth, small[0, 0], back.double())):
        picture(ax, image, vmin=0, vmax=1.3)
for ax, title in zip(axes[0], ("32×32", "4×4", "再放大")):
    ax.set_title(title, fontsize=house.TEXT, weight="normal")
plt.show()
