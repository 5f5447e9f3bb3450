# /// script
# dependencies = ["torch", "numpy"]
# ///
"""练习二：深度可分离卷积。先每个通道各卷各的，再用 1×1 混合。"""

import torch
from torch import nn


# region task
def separable(i, o):
    """两层，都不要偏置：
    每个通道一个 3×3 核，尺寸不变；
    再用 1×1，从 i 个通道到 o 个。"""
# endregion task
    # BEGIN SOLUTION
    return nn.Sequential(
        nn.Conv2d(i, i, 3, padding=1, groups=i, bias=False),
        nn.Conv2d(i, o, 1, bias=False))
    # END SOLUTION


# region check
net = separable(64, 128)
x = torch.zeros(1, 64, 8, 8)
assert net(x).shape == (1, 128, 8, 8)
few = sum(p.numel() for p in net.parameters())
many = 64 * 128 * 9
print(f"权重 {many:,} → {few:,}")
# endregion check

times = many / few
assert few == 64 * 9 + 64 * 128
assert many == nn.Conv2d(64, 128, 3, bias=False).weight.numel()
x = torch.rand(1, 64, 8, 8)
changed = x.clone()
changed[:, 1:] = 0
assert torch.equal(net[0](x)[:, 0], net[0](changed)[:, 0])
