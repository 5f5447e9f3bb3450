# /// script
# dependencies = ["torch", "numpy"]
# ///
"""四维输入能进 nn.Linear 吗？能：它只看最后一维。"""

import math

import torch
from torch import nn

torch.manual_seed(0)

# region small
m1, m2 = nn.Linear(20, 30), nn.Linear(30, 40)
x = torch.randn(2, 8, 30, 20)
y1 = m1(x)
y2 = m2(y1)
print(y1.shape)
print(y2.shape)
# endregion small

# region wrong_last
try:
    m1(torch.randn(2, 8, 30, 19))
except RuntimeError as error:
    print("最后一维是 19：")
    print(error)
# endregion wrong_last


# region memory
def gib(*shape):
    """一个 float32 张量占多少 GiB：每个数 4 字节。"""
    return 4 * math.prod(shape) / 2**30


gib_x = gib(128, 4096, 30, 20)
gib_y1 = gib(128, 4096, 30, 30)
gib_y2 = gib(128, 4096, 30, 40)
gib_total = gib_x + gib_y1 + gib_y2
print(f"{gib_x:.2f} + {gib_y1:.2f} + {gib_y2:.2f}"
      f" = {gib_total:.2f} GiB")
# endregion memory

rows = 128 * 4096 * 30
gflop = 2 * rows * (20 * 30 + 30 * 40) / 1e9
assert y2.shape == (2, 8, 30, 40)
assert f"{gib_total:.2f}" == "5.27" and f"{gflop:.1f}" == "56.6"
# 四维就是许多行：展平、相乘、再恢复形状
assert torch.allclose(m1(x.reshape(-1, 20)).reshape(2, 8, 30, 30), y1, atol=1e-6)
try:
    m1(torch.randn(2, 8, 30, 19))
except RuntimeError:
    pass
else:
    raise AssertionError("最后一维不对，应当报错")
