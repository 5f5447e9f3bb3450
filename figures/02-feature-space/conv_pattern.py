"""响应大说明什么：亮斑骗得过原始响应，骗不过归一化后的相似度。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

torch.manual_seed(0)
kernel = torch.tensor([[0.0, 1, 0], [1, 1, 1], [0, 1, 0]])
image = 0.1 * torch.rand(9, 9)
image[1:4, 5:8] += kernel
image[5:8, 1:4] += 3.0


def conv(picture, weight):
    """单通道互相关。"""
    return F.conv2d(picture[None, None], weight[None, None])[0, 0]


raw = conv(image, kernel)
cosine = raw / conv(image**2, torch.ones(3, 3)).sqrt() / kernel.norm()

fig, axes = house.figure(11.4, 4.3, cols=4, width_ratios=[0.5, 1, 1, 1])
for ax, picture, title in zip(axes, (kernel, image, raw, cosine), ("核", "图", "原始响应", "余弦相似度")):
    ax.imshow(picture, cmap="house")
    ax.set(title=title, xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    if picture is raw or picture is cosine:
        row, col = divmod(picture.argmax().item(), picture.shape[1])
        ax.plot(
            col,
            row,
            "o",
            markersize=30,
            markerfacecolor="none",
            markeredgecolor=house.ORANGE,
            markeredgewidth=3,
        )
        ax.set_xlabel(f"最大 {picture.max():.3f}\n在 ({row}, {col})", color=house.ORANGE, linespacing=1.4)
axes[1].annotate("十字", (6, 3.95), ha="center", va="center", color=house.ORANGE, fontsize=house.SMALL)
axes[1].annotate("亮斑", (2, 3.95), ha="center", va="center", color=house.ORANGE, fontsize=house.SMALL)
plt.show()
