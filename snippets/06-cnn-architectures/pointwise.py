# /// script
# dependencies = ["torch", "numpy"]
# ///
"""1×1 的卷积有什么用？它就是每个像素上的一个线性层。"""

import torch
from torch import nn

torch.manual_seed(0)

# region same
conv = nn.Conv2d(192, 16, kernel_size=1)
x = torch.randn(1, 192, 28, 28)
y = conv(x)

pixels = x.flatten(2).mT      # 784 个像素
W = conv.weight.flatten(1)    # (16, 192)
line = pixels @ W.T + conv.bias
print(tuple(pixels.shape))
print(tuple(line.shape))
print(torch.allclose(y.flatten(2).mT, line,
                     atol=1e-5))
# endregion same

direct = 5 * 5 * 192 * 32
reduced = 192 * 16 + 5 * 5 * 16 * 32
times = direct / reduced
assert torch.allclose(y.flatten(2).mT, line, atol=1e-5) and y.shape == (1, 16, 28, 28)
