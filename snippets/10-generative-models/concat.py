# /// script
# dependencies = ["torch", "numpy"]
# ///
"""The condition joined to the input: as further tokens, or as further channels."""

import torch
from torch import nn

torch.manual_seed(0)
torch.set_num_threads(1)

# region tokens
block = nn.TransformerEncoderLayer(
    32, nhead=4, batch_first=True)
image = torch.randn(1, 64, 32)  # 64 处
words = torch.randn(1, 7, 32)   # 7 个词
both = torch.cat([image, words], dim=1)
out = block(both)[:, :64]       # 只留图像
print(*both.shape, "->", *out.shape)
# endregion tokens

# region channels
conv = nn.Conv2d(4 + 1, 4, 3, padding=1)
latent = torch.randn(1, 4, 8, 8)
depth = torch.rand(1, 1, 8, 8)  # 条件
both = torch.cat([latent, depth], dim=1)
print(*both.shape, "->", *conv(both).shape)
# endregion channels

assert out.shape == image.shape and conv(both).shape == latent.shape
pairs_cross, pairs_concat = 64 * 7, (64 + 7) ** 2
