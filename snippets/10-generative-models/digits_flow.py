# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Flow matching for digits of 8x8 pixels, told which digit: a network, its loss, its sampler."""

import torch
from torch import nn


# region net
class Net(nn.Module):
    """x (N, 64)，t (N,)，类别 (N,)：10 表示“不说是几”。"""
    def __init__(self, hidden=192):
        super().__init__()
        self.digit = nn.Embedding(11, 32)
        self.first = nn.Linear(64 + 8 + 32, hidden)
        self.blocks = nn.ModuleList(nn.Sequential(
            nn.LayerNorm(hidden), nn.Linear(hidden, hidden), nn.SiLU(),
            nn.Linear(hidden, hidden)) for _ in range(2))
        self.last = nn.Linear(hidden, 64)

    def forward(self, x, t, digit):
        angle = t[:, None] * torch.pi * torch.tensor([0.5, 1, 2, 4])
        h = self.first(torch.cat(
            [x, angle.sin(), angle.cos(), self.digit(digit)], 1))
        for block in self.blocks:
            h = h + block(h)
        return self.last(h)
# endregion net


# region loss
def loss_of(net, x1, digit):
    hidden = torch.rand(len(x1)) < 0.15        # 有时不说是几
    digit = torch.where(hidden, 10, digit)
    t, x0 = torch.rand(len(x1)), torch.randn_like(x1)
    xt = (1 - t[:, None]) * x0 + t[:, None] * x1
    return (net(xt, t, digit) - (x1 - x0)).pow(2).mean()
# endregion loss


# region guide
@torch.no_grad()
def generate(net, x, digit, w=1.0, calls=30):
    nothing = torch.full_like(digit, 10)
    for k in range(calls):
        t = torch.full((len(x),), k / calls)
        free = net(x, t, nothing)
        told = net(x, t, digit)
        v = free + w * (told - free)
        x = x + v / calls
    return x
# endregion guide
