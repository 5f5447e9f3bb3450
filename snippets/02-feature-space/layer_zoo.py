# /// script
# dependencies = ["torch", "numpy"]
# ///
"""积木动物园：各种层的输入形状、输出形状和参数个数。"""

import torch
from torch import nn

torch.manual_seed(0)
features = torch.randn(2, 16)
images = torch.randn(2, 3, 8, 8)
tokens = torch.randn(2, 5, 16)


def show(layer, x):
    """一行：名字、输入形状、输出形状、参数个数。"""
    count = sum(p.numel() for p in layer.parameters())
    name, before = type(layer).__name__, tuple(x.shape)
    print(f"{name:12}{str(before):>13}"
          f" -> {str(tuple(layer(x).shape)):14}{count:4}")


# region zoo
show(nn.Linear(16, 10), features)
show(nn.Conv2d(3, 4, 3), images)
show(nn.MaxPool2d(2), images)
show(nn.BatchNorm2d(3), images)
show(nn.LayerNorm(16), tokens)
# endregion zoo

assert not list(nn.MaxPool2d(2).parameters())
assert nn.BatchNorm2d(3)(images).shape == images.shape
assert nn.LayerNorm(16)(tokens).shape == tokens.shape
