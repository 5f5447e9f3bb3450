# /// script
# dependencies = ["torch", "numpy"]
# ///
"""A picture becomes tokens: cut and multiply, or one convolution with a stride."""

import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(0)

# region two
image = torch.randn(1, 3, 224, 224)
linear = nn.Linear(3 * 16 * 16, 768)

patches = F.unfold(image, 16, stride=16)
print(patches.shape)               # 一列是一块
tokens = linear(patches.mT)

conv = nn.Conv2d(3, 768, 16, stride=16)
conv.weight.data = linear.weight.data.view(
    768, 3, 16, 16)
conv.bias.data = linear.bias.data
maps = conv(image)                 # 14×14 的特征图
print(maps.shape)
same = maps.flatten(2).mT
print(torch.allclose(tokens, same, atol=1e-4))
# endregion two
print(same.shape)
parameters = sum(p.numel() for p in conv.parameters())
values = 3 * 16 * 16
assert torch.allclose(tokens, same, atol=1e-4) and same.shape == (1, 196, 768)
assert parameters == 590_592 and values == 768
