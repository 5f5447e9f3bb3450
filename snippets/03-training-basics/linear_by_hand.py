# /// script
# dependencies = ["torch", "numpy"]
# ///
"""A linear layer is one matrix product and one addition."""

import torch
from torch import nn

# region by_hand
torch.manual_seed(0)
linear = nn.Linear(5, 3)
W, b = linear.weight, linear.bias
x = torch.randn(2, 5)

named = torch.add(torch.matmul(x, W.T), b)
short = x @ W.T + b

print(named.shape)
print(torch.allclose(named, linear(x)))
print(torch.allclose(short, linear(x)))
# endregion by_hand

assert torch.equal(named, short)
