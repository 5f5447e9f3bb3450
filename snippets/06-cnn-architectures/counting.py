# /// script
# dependencies = ["torch", "numpy"]
# ///
"""数参数、数层：本讲的网络都用这几行来核对。"""

import torch
from torch import nn


def count(model, kind=nn.Module):
    """参数总数；给出 kind 时只数这一种层的。"""
    layers = [m for m in model.modules() if isinstance(m, kind)] if kind is not nn.Module else [model]
    return sum(p.numel() for layer in layers for p in layer.parameters())


def layers(model, kind):
    """这种层有几个？"""
    return sum(isinstance(m, kind) for m in model.modules())


if __name__ == "__main__":
    with torch.device("meta"):
        model = nn.Sequential(nn.Conv2d(3, 8, 3), nn.Linear(8, 2))
    print(count(model), count(model, nn.Conv2d), layers(model, nn.Linear))
    assert count(model) == 224 + 18 and count(model, nn.Conv2d) == 224
