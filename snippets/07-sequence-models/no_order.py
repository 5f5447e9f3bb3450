# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Without positions, attention sees a set."""

import torch

from multi_head import MultiHead

torch.set_default_dtype(torch.float64)

torch.manual_seed(0)
layer = MultiHead(16, heads=2)

# region shuffle
x = torch.randn(1, 6, 16)
order = torch.randperm(6)

a = layer(x)[:, order]        # 先算，再打乱
b = layer(x[:, order])        # 先打乱，再算
print(torch.allclose(a, b))

place = torch.randn(6, 16)    # 加上位置
a = layer(x + place)[:, order]
b = layer(x[:, order] + place)
print(torch.allclose(a, b))
# endregion shuffle
assert not torch.allclose(a, b)
