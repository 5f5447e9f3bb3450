# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Max and average pooling of one 4x4 map."""

import torch
from torch import nn

# region pool
x = torch.arange(16.).view(1, 1, 4, 4)

maximum = nn.MaxPool2d(2)
average = nn.AvgPool2d(2)
print(maximum(x))
print(average(x))
print(len(list(maximum.parameters())))
# endregion pool

# By hand: four windows of 2x2, one number of each.
windows = x.view(2, 2, 2, 2).transpose(1, 2).reshape(2, 2, 4)
assert torch.equal(maximum(x)[0, 0], windows.amax(-1))
assert torch.equal(average(x)[0, 0], windows.mean(-1))

# A larger picture gives a larger map; only adaptive pooling fixes the size.
assert maximum(torch.zeros(1, 1, 6, 6)).shape[-2:] == (3, 3)
assert nn.AdaptiveAvgPool2d(2)(torch.zeros(1, 1, 6, 6)).shape[-2:] == (2, 2)
