# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Shapes of the parameters of a linear layer."""

import torch
from torch import nn

# region five_three
linear = nn.Linear(5, 3)
print(linear.weight.shape)
print(linear.bias.shape)

x = torch.ones(2, 5)
print(linear(x).shape)
# endregion five_three

# region lenet
fc1 = nn.Linear(in_features=256, out_features=120)
print(fc1.weight.shape, fc1.bias.shape)
print(fc1.weight.numel() + fc1.bias.numel())
# endregion lenet

assert linear.weight.shape == (3, 5) and linear.bias.shape == (3,)
