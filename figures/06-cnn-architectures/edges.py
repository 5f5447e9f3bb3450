# /// script
# dependencies = ["matplotlib", "torch"]
# [tool.deckwright.vary]
# noise = [0.0, 0.02, 0.1, 0.3]
# ///
"""一间房子，两个核：一个只看见横边，一个只看见竖边。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.manual_seed(0)
noise = 0.02
picture = torch.full((48, 64), 0.85, dtype=torch.float64)
picture[38:] = 0.45
row, col = torch.meshgrid(torch.arange(48), torch.arange(64), indexing="ij")
picture[18:38, 14:50] = 0.3
picture[((row >= 6) & (row < 18) & ((col - 32).abs() <= (row - 6) * 2))] = 0.1
picture[24:32, 20:28] = 0.95
picture[26:38, 36:44] = 0.7
picture += noise * torch.randn(48, 64, dtype=torch.float64)
kernel = torch.tensor([[-1.0, -1, -1], [0, 0, 0], [1, 1, 1]], dtype=torch.float64)
fig, axes = house.figure(11.4, 3.9, cols=3)
axes[0].imshow(picture, cmap="gray", vmin=0, vmax=1)
axes[0].set_title("输入")
for ax, used, title in ((axes[1], kernel, "横边的核"), (axes[2], kernel.T, "竖边的核")):
    response = F.conv2d(picture[None, None], used[None, None])[0, 0]
    ax.imshow(response, cmap="house_diverging", vmin=-2, vmax=2)
    ax.set_title(title)
for ax in axes:
    ax.set(xticks=[], yticks=[])
    ax.grid(False)
    ax.spines[:].set(visible=True, color=house.HAIRLINE)
plt.show()
