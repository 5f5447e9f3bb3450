# /// script
# dependencies = ["torch"]
# ///
"""练习一：只用三个 3×3 卷积，把感受野做到 15×15，尺寸不变。"""

import torch
from torch import nn


# region task
def wide():
    """三个 3×3 卷积（1 通道），感受野 15，输出与输入同样大。
    提示：空洞率 d 的 3×3 卷积，一层往外多看 2d 格。"""
# endregion task
    # BEGIN SOLUTION
    return nn.Sequential(*(nn.Conv2d(1, 1, 3, padding=d, dilation=d) for d in (1, 2, 4)))
    # END SOLUTION


# region check
net = wide()
for p in net.parameters():
    nn.init.constant_(p, 1.0)
x = torch.zeros(1, 1, 41, 41, requires_grad=True)
y = net(x)
y[0, 0, 20, 20].backward()
seen = int((x.grad[0, 0].sum(1) > 0).sum())
assert y.shape == x.shape and seen == 15
assert sum(p.numel() for p in net.parameters()) == 30
print("通过：看", seen, "格，尺寸", tuple(y.shape[2:]))
# endregion check
