# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Inception 块：四路并行，沿通道拼接；1×1 先压缩通道。"""

import torch
from torch import nn

from counting import count


def conv(i, o, k):
    """尺寸不变的卷积，再 ReLU。"""
    return nn.Sequential(nn.Conv2d(i, o, k, padding=k // 2), nn.ReLU())


# region block
class Inception(nn.Module):
    def __init__(self, cin, a, b, c, d):
        super().__init__()
        self.paths = nn.ModuleList([
            conv(cin, a, 1),
            nn.Sequential(conv(cin, b[0], 1), conv(*b, 3)),
            nn.Sequential(conv(cin, c[0], 1), conv(*c, 5)),
            nn.Sequential(nn.MaxPool2d(3, 1, 1), conv(cin, d, 1))])

    def forward(self, x):
        return torch.cat([path(x) for path in self.paths], dim=1)
# endregion block


class Naive(nn.Module):
    """同样的核，但不先压缩通道；池化那一路原样通过。"""

    def __init__(self, cin, a, b, c):
        super().__init__()
        self.paths = nn.ModuleList([
            nn.Conv2d(cin, a, 1), nn.Conv2d(cin, b, 3, padding=1),
            nn.Conv2d(cin, c, 5, padding=2), nn.MaxPool2d(3, 1, 1)])

    def forward(self, x):
        return torch.cat([path(x) for path in self.paths], dim=1)


if __name__ == "__main__":
    # region count
    x = torch.zeros(1, 192, 28, 28)
    naive = Naive(192, 64, 128, 32)
    block = Inception(192, 64, (96, 128), (16, 32), 32)
    for m in (naive, block):
        print(*m(x).shape[1:], f"{count(m):,}")
    # endregion count

    reduced, full = count(block), count(naive)
    channels, naive_channels = block(x).shape[1], naive(x).shape[1]
    assert (channels, reduced) == (256, 163_696)
    assert (naive_channels, full) == (416, 387_296)
