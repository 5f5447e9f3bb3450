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
x = torch.randn(2, 3, 32, 32)     # N, C, H, W
y = conv(x)
print("weight:", tuple(conv.weight.shape))
print("y:     ", tuple(y.shape))
# endregion layer

# region by_hand
n, j = 0, 5                       # 第 0 张图、第 5 个通道
by_hand = conv.bias[j] + sum(
    F.conv2d(x[n:n+1, k:k+1], conv.weight[j:j+1, k:k+1])[0, 0]
    for k in range(3))
print(torch.allclose(y[n, j], by_hand, atol=1e-5))
# endregion by_hand

weights = conv.weight.numel()
assert conv.weight.shape == (8, 3, 3, 3) and y.shape == (2, 8, 30, 30)
assert torch.allclose(y[n, j], by_hand, atol=1e-5)
