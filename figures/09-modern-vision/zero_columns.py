"""Zero padding: the shift's error is where the border is."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
import torch
from torch import nn

torch.manual_seed(0)
x, conv = torch.randn(1, 1, 16, 16), nn.Conv2d(1, 4, 3, padding=1)
with torch.no_grad():
    gap = (conv(x.roll(3, dims=3)) - conv(x).roll(3, dims=3)).abs()[0].amax((0, 1))
fig, ax = house.figure(5.0, 2.4)
ax.bar(range(16), gap, color=[house.RED if v > 1e-6 else house.TEAL for v in gap])
ax.set(xlabel="列（补零，右移 3 格）", ylabel="差", xticks=(0, 2, 3, 8, 15))
plt.show()
