# /// script
# dependencies = ["torch"]
# ///
"""残差块：y = F(x) + x；形状变了，捷径上加 1×1 卷积。"""

import torch
from torch import nn

torch.manual_seed(0)


# region block
class Residual(nn.Module):
    def __init__(self, cin, cout, stride=1):
        super().__init__()
        self.F = nn.Sequential(
            nn.Conv2d(cin, cout, 3, stride, 1), nn.ReLU(),
            nn.Conv2d(cout, cout, 3, padding=1))
        same = cin == cout and stride == 1
        self.skip = nn.Identity() if same else \
            nn.Conv2d(cin, cout, 1, stride)

    def forward(self, x):
        return torch.relu(self.F(x) + self.skip(x))
# endregion block


if __name__ == "__main__":
    # region zero
    block = Residual(64, 64)
    for p in block.F.parameters():
        nn.init.zeros_(p)            # F(x) = 0
    x = torch.randn(1, 64, 8, 8)
    print(torch.equal(block(x), x))
    print(torch.equal(block(x), x.relu()))
    half = Residual(64, 128, stride=2)
    print(tuple(half(x).shape))
    # endregion zero

    assert not torch.equal(block(x), x) and torch.equal(block(x), x.relu())
    assert torch.equal(block.F(x) + block.skip(x), x)
    assert half(x).shape == (1, 128, 4, 4)
