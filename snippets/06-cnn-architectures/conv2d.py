# /// script
# dependencies = ["torch", "numpy"]
# ///
"""nn.Conv2d：每个输出通道 = 偏置 + 各输入通道互相关之和。"""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)

# region layer
conv = nn.Conv2d(3, 8, kernel_size=3)
x = torch.randn(2, 3, 32, 32)   # N, C, H, W
y = conv(x)
print("weight", tuple(conv.weight.shape))
print("y     ", tuple(y.shape))

n, j = 0, 5        # 第 0 张图，第 5 个通道
total = conv.bias[j]
for k in range(3): # 三个输入通道相加
    w = conv.weight[j, k][None, None]
    part = F.conv2d(x[n, k][None, None], w)
    total = total + part[0, 0]
same = (y[n, j] - total).abs() < 1e-5
print("手算一致", same.all().item())
# endregion layer

parameters = sum(p.numel() for p in conv.parameters())
assert conv.weight.shape == (8, 3, 3, 3) and y.shape == (2, 8, 30, 30)
assert torch.allclose(y[n, j], total, atol=1e-5)
assert parameters == 8 * (3 * 9 + 1)
