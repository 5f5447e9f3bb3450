# /// script
# dependencies = ["torch", "numpy"]
# ///
"""A layer that turns with its input: one kernel in four directions (p4)."""

import torch
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)


x = torch.randn(1, 1, 16, 16)
kernel = torch.randn(1, 1, 3, 3)


def turn(x):
    return x.rot90(1, (2, 3))


# region lift
def lift(x, kernel):       # 1 张图 -> 4 张
    four = torch.cat([kernel.rot90(k, (2, 3))
                      for k in range(4)])
    return F.conv2d(x, four, padding=1)

one = lift(turn(x), kernel)      # 先转再算
two = turn(lift(x, kernel))      # 先算再转
print(torch.allclose(one, two))
two = two.roll(1, dims=1)        # 通道轮换一格
print(torch.allclose(one, two))
a, b = one.amax(1), two.amax(1)  # 最强的方向
print(torch.allclose(a, b))
# endregion lift
strongest = [lift(v, kernel).amax(1).sum((1, 2)) for v in (x, turn(x))]
assert torch.allclose(one, two) and torch.allclose(a, b) and torch.allclose(*strongest)
free, four_kernels = kernel.numel(), 4 * kernel.numel()
