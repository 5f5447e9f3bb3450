# /// script
# dependencies = ["torch", "numpy"]
# ///
"""两个隐藏层的 MLP，宽度由调用者定；参数一层一层数。"""

import torch
from torch import nn


# region definition
def mlp(*sizes):
    """线性层和 ReLU 交替；最后不加。"""
    layers = []
    for a, b in zip(sizes, sizes[1:]):
        layers += [nn.Linear(a, b), nn.ReLU()]
    return nn.Sequential(*layers[:-1])

net = mlp(784, 256, 256, 10)
total = 0
for name, p in net.named_parameters():
    total += p.numel()
    print(name, tuple(p.shape), p.numel())
print("total", total)
# endregion definition

linear_layers = sum(isinstance(m, nn.Linear) for m in net)
hidden_layers = linear_layers - 1
assert net(torch.randn(32, 784)).shape == (32, 10)
assert total == 269322 and hidden_layers == 2
assert isinstance(net[-1], nn.Linear)
