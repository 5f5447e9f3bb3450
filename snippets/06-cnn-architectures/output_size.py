# /// script
# dependencies = ["torch", "numpy"]
# ///
"""输出多大？一条公式，与 Conv2d 逐一对照。"""

import itertools

import torch
from torch import nn


# region formula
def size(n, k, p=0, s=1, d=1):
    reach = d * (k - 1) + 1      # 核盖住几格
    return (n + 2 * p - reach) // s + 1
# endregion formula


# region test
tested = 0
for n, k, p, s, d in itertools.product(range(7, 12), (1, 2, 3, 5), (0, 1, 2), (1, 2, 3), (1, 2)):
    if n + 2 * p >= d * (k - 1) + 1:
        y = nn.Conv2d(1, 1, k, s, p, d)(torch.zeros(1, 1, n, n))
        assert y.shape[-1] == size(n, k, p, s, d)
        tested += 1
print(f"{tested} 种设置，与 Conv2d 一致")
print(f"8 格，核 3，步长 2：{size(8, 3, s=2)} 格")
# endregion test

exact = (8 - 3) / 2 + 1
assert size(8, 3, s=2) == 3 and exact == 3.5 and tested > 250
