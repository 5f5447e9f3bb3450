# /// script
# dependencies = ["torch"]
# ///
"""练习二：深度可分离卷积。先每个通道各卷各的，再用 1×1 混合。"""

import torch
from torch import nn


# region task
def separable(cin, cout):
    """两层代替一个 3×3 卷积：
    1. 每个通道一个 3×3 核（groups=cin），尺寸不变；
    2. 1×1 卷积，cin 个通道变 cout 个。都不要偏置。"""
# endregion task
    # BEGIN SOLUTION
    return nn.Sequential(
        nn.Conv2d(cin, cin, 3, padding=1, groups=cin, bias=False),
        nn.Conv2d(cin, cout, 1, bias=False))
    # END SOLUTION


# region check
net, full = separable(64, 128), nn.Conv2d(64, 128, 3, padding=1, bias=False)
few = sum(p.numel() for p in net.parameters())
many = sum(p.numel() for p in full.parameters())
assert net(torch.zeros(1, 64, 8, 8)).shape == (1, 128, 8, 8)
assert few == 64 * 9 + 64 * 128 and many == 9 * 64 * 128
print(f"通过：{many:,} 个权重减到 {few:,} 个")
# endregion check

x = torch.rand(1, 64, 8, 8)
changed = x.clone()
changed[:, 1:] = 0
assert torch.equal(net[0](x)[:, 0], net[0](changed)[:, 0])
