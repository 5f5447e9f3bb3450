# /// script
# dependencies = ["torch"]
# ///
"""ParameterList 让模型看得见参数；普通列表里的参数谁也看不见。"""

import torch
from torch import nn


# region layer
class Chain(nn.Module):
    def __init__(self, holder):
        super().__init__()
        params = [nn.Parameter(torch.randn(4, 4))
                  for _ in range(3)]
        params.append(nn.Parameter(torch.randn(4, 1)))
        self.params = holder(params)

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
    print(holder.__name__, net(torch.ones(2, 4)).shape)
    print(len(found), sum(p.numel() for p in found))
# endregion use

seen = list(Chain(nn.ParameterList).parameters())
count, numbers = len(seen), sum(p.numel() for p in seen)
assert (count, numbers) == (4, 52)
assert not list(Chain(list).parameters())
