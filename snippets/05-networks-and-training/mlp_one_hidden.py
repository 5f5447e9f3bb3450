# /// script
# dependencies = ["torch", "numpy"]
# ///
"""一个隐藏层的 MLP：784 → 256 → 10。"""

import torch
from torch import nn


# region definition
class MLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 256)
        self.act = nn.ReLU()
        self.output = nn.Linear(256, 10)

    def forward(self, x):
        h = self.act(self.hidden(x))
        return self.output(h)
# endregion definition


# region use
net = MLP()
x = torch.randn(32, 784)
h = net.act(net.hidden(x))
print(net.hidden.weight.shape)
print(h.shape)
print(net(x).shape)
# endregion use

hidden_width = h.shape[1]
weight_shape = tuple(net.hidden.weight.shape)
parameters = sum(p.numel() for p in net.parameters())
by_hand = 784 * 256 + 256 + 256 * 10 + 10
relu_parameters = sum(p.numel() for p in net.act.parameters())
assert hidden_width == 256 and relu_parameters == 0
assert parameters == by_hand == 203530
assert net.hidden.weight.shape == (256, 784) and net.hidden.bias.shape == (256,)
