# /// script
# dependencies = ["torch", "numpy"]
# ///
"""ParameterList 让模型看得见参数；普通列表里的参数谁也看不见。"""

import torch
from torch import nn


# region layer
def P(*shape):
    return nn.Parameter(torch.randn(*shape))

class Chain(nn.Module):
    def __init__(self, holder):
        super().__init__()
        self.params = holder(
            [P(4, 4) for _ in range(3)]
            + [P(4, 1)])

    def forward(self, x):
        for p in self.params:
            x = x @ p
        return x
# endregion layer


# region use
torch.manual_seed(0)
for holder in (nn.ParameterList, list):
    net = Chain(holder)
    found = list(net.parameters())
    y = net(torch.ones(2, 4))
    print(holder.__name__, tuple(y.shape))
    print(" ", len(found), "registered")
# endregion use

seen = list(Chain(nn.ParameterList).parameters())
count, numbers = len(seen), sum(p.numel() for p in seen)
assert (count, numbers) == (4, 52)
assert not list(Chain(list).parameters())
