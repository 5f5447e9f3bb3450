# /// script
# dependencies = ["torch"]
# ///
"""A layer that turns with its input: one kernel in four directions (p4)."""

import torch
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)


# region lift
def lift(x, kernel):
    """(B, 1, H, W) -> (B, 4, H, W)：一个核，四个方向"""
    four = torch.cat([kernel.rot90(k, (2, 3))
                      for k in range(4)])
    return F.conv2d(x, four, padding=1)

x = torch.randn(1, 1, 16, 16)
kernel = torch.randn(1, 1, 3, 3)
turned = x.rot90(1, (2, 3))
one = lift(turned, kernel)           # 先转再算
two = lift(x, kernel).rot90(1, (2, 3))
print(torch.allclose(one, two))
two = two.roll(1, dims=1)            # 通道也轮换一格
print(torch.allclose(one, two))
a, b = one.amax(1), two.amax(1)      # 取最强的方向
print(torch.allclose(a, b))
total = lift(x, kernel).relu().sum((2, 3)).amax(1)
print(torch.allclose(
    one.relu().sum((2, 3)).amax(1), total))
# endregion lift
assert torch.allclose(one, two)
free, four_kernels = kernel.numel(), 4 * kernel.numel()
