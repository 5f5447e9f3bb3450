# /// script
# dependencies = ["torch", "numpy"]
# ///
"""练习一：只用三个 3×3 卷积，把感受野做到 15×15，尺寸不变。"""

import torch
from torch import nn


# region task
def wide():
    """三个 3×3 卷积（1 通道）：
    感受野 15，输出与输入同样大。
    提示：空洞率。"""
# endregion task
    # BEGIN SOLUTION
    return nn.Sequential(*(nn.Conv2d(1, 1, 3, padding=d, dilation=d) for d in (1, 2, 4)))
    # END SOLUTION


# region check
net = wide()
for p in net.parameters():
    nn.init.ones_(p)
x = torch.zeros(1, 1, 41, 41,
                requires_grad=True)
y = net(x)
y[0, 0, 20, 20].backward()
seen = (x.grad[0, 0].sum(1) > 0).sum()
assert seen == 15 and y.shape == x.shape
# endregion check

seen, parameters = int(seen), sum(p.numel() for p in net.parameters())
assert parameters == 30
print(f"通过：看 {seen} 格，{parameters} 个参数")
