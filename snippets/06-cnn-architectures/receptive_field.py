# /// script
# dependencies = ["torch", "numpy"]
# ///
"""感受野有两种算法：递推，和对输入求梯度。两者必须一致。"""

import torch
from torch import nn


def sizes(layer):
    """核与步长。"""
    k, s = layer.kernel_size, layer.stride
    return (k, s) if isinstance(k, int) else (k[0], s[0])


image = torch.zeros(1, 1, 61, 61, requires_grad=True)


# region recurrence
def predicted(layers):
    field, jump = 1, 1
    for k, s in map(sizes, layers):
        field += (k - 1) * jump   # 往外多看
        jump *= s                 # 一步几格
    return field
# endregion recurrence


# region measured
def measured(layers):
    y = nn.Sequential(*layers)(image)[0, 0]
    middle = y[len(y) // 2, len(y) // 2]
    grad, = torch.autograd.grad(middle, image)
    return int((grad[0, 0].sum(1) > 0).sum())
# endregion measured


def conv(dilation=1):
    layer = nn.Conv2d(1, 1, 3, padding=dilation, dilation=dilation)
    nn.init.constant_(layer.weight, 1.0)
    return layer


# region compare
pool = nn.AvgPool2d(2)
stacks = {"3×3": [conv()],
          "两个 3×3": [conv(), conv()],
          "三个 3×3": [conv(), conv(), conv()],
          "中间加池化": [conv(), pool, conv()],
          "池化再两个": [conv(), pool, conv(), conv()]}
if __name__ == "__main__":
    for name, layers in stacks.items():
        print(predicted(layers), measured(layers), name)
# endregion compare

fields = [predicted(layers) for layers in stacks.values()]
assert fields == [measured(layers) for layers in stacks.values()] == [3, 5, 7, 8, 12]
