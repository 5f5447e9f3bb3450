# /// script
# dependencies = ["torch", "numpy"]
# ///
"""练习 1：写出 Huber 损失，看它的最小点落在平均数与中位数之间。"""

import torch
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)


# region task
def huber(error, delta=1.0):
    """|e| 不超过 delta 时是 e²/2，
    再大就是直线：delta * (|e| - delta/2)。"""
    # endregion task
    # BEGIN SOLUTION
    size = error.abs()
    return torch.where(size <= delta, error ** 2 / 2, delta * (size - delta / 2))
    # END SOLUTION


# region check
e = torch.tensor([-3., -0.5, 0., 1., 2.])
assert torch.allclose(
    huber(e), F.huber_loss(e, 0 * e, reduction="none"))
y = torch.tensor([1., 2.5, 3., 5., 100.])  # 有一个离群点
t = torch.linspace(0, 100, 10_001)[:, None]
best = t[huber(y - t).sum(1).argmin()].item()
print(f"{y.median():.2f} < {best:.2f} < {y.mean():.2f}")
# endregion check

assert y.median() < best < y.mean()
