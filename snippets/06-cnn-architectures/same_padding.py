# /// script
# dependencies = ["torch", "numpy"]
# ///
"""填充怎样让尺寸不变：p = (k - 1) / 2，核为奇数，步长为 1。"""

import torch
from torch import nn

# region same
x = torch.zeros(1, 1, 8, 8)

def out(k, p, s=1):
    conv = nn.Conv2d(1, 1, k, s, p)
    return tuple(conv(x).shape)

print(out(3, 1))            # (3-1)/2
print(out((5, 3), (2, 1)))  # 高、宽
print(out(4, 1), out(4, 2)) # 偶数
print(out(3, 1, s=2))       # 减半
# endregion same

assert out(3, 1) == out((5, 3), (2, 1)) == (1, 1, 8, 8)
assert out(4, 1) == (1, 1, 7, 7) and out(4, 2) == (1, 1, 9, 9)
assert out(3, 1, s=2) == (1, 1, 4, 4)
