# /// script
# dependencies = ["torch", "numpy"]
# ///
"""SwiGLU：一路当门，一路当值，逐元素相乘；它是一层，不是一条曲线。"""

import torch
from torch import nn
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)


# region definition
class SwiGLU(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        self.W = nn.Linear(d, h, bias=False)
        self.V = nn.Linear(d, h, bias=False)
        self.W2 = nn.Linear(h, d, bias=False)

    def forward(self, x):
        gate = F.silu(self.W(x))
        return self.W2(gate * self.V(x))
# endregion definition


# region use
torch.manual_seed(0)
x = torch.randn(4, 16)
layer = SwiGLU(16, 32)
y, ungated = layer(x), layer.W2(layer.V(x))
print(y.shape)
print(torch.allclose(y, ungated))
# endregion use


# region count
d = 96
plain = 2 * d * (4 * d)           # d -> 4d -> d
gated = 3 * d * (8 * d // 3)      # 三个矩阵，中间 8d/3
print(plain, gated)
# endregion count

matrices = len(list(layer.parameters()))
assert y.shape == (4, 16) and not torch.allclose(y, ungated)
assert layer.W(x).shape == (4, 32)
assert plain == gated == sum(p.numel() for p in SwiGLU(d, 8 * d // 3).parameters())
