# /// script
# dependencies = ["torch", "numpy"]
# ///
"""池化没有参数；想吃任意尺寸的图，要用自适应池化。"""

import torch
from torch import nn

# region pool
x = torch.arange(16.).view(1, 1, 4, 4)
print(nn.MaxPool2d(2)(x).flatten().tolist())
print(nn.AvgPool2d(2)(x).flatten().tolist())

for side in (28, 40):
    maps = torch.zeros(1, 6, side, side)
    small = nn.MaxPool2d(2)(maps)
    fixed = nn.AdaptiveAvgPool2d(4)(maps)
    print(side, tuple(small.shape),
          tuple(fixed.shape))
# endregion pool

parameters = len(list(nn.MaxPool2d(2).parameters()))
assert nn.MaxPool2d(2)(x).tolist() == [[[[5, 7], [13, 15]]]]
assert nn.AvgPool2d(2)(x).tolist() == [[[[2.5, 4.5], [10.5, 12.5]]]]
assert parameters == 0 and fixed.shape == (1, 6, 4, 4)
