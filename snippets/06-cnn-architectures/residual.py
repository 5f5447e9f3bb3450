# /// script
# dependencies = ["torch", "numpy"]
# ///
"""残差块：y = F(x) + x；形状变了，捷径上加 1×1 卷积。"""

import torch
from torch import nn

torch.manual_seed(0)


# region block
class Residual(nn.Module):
    def __init__(self, i, o, s=1):
        super().__init__()
        self.F = nn.Sequential(
            nn.Conv2d(i, o, 3, s, 1),
            nn.ReLU(),
            nn.Conv2d(o, o, 3, 1, 1))
        self.skip = nn.Identity()
        if i != o or s != 1:     # 形状变了
            self.skip = nn.Conv2d(i, o, 1, s)

    def forward(self, x):
        y = self.F(x) + self.skip(x)
        return torch.relu(y)
# endregion block


if __name__ == "__main__":
    # region zero
    block = Residual(64, 64)
    for p in block.F.parameters():
        nn.init.zeros_(p)            # F(x) = 0
    x = torch.randn(1, 64, 8, 8)
    y = block(x)
    print("y == x       ", torch.equal(y, x))
    print("y == relu(x) ", torch.equal(y, x.relu()))
    half = Residual(64, 128, s=2)
    print("64 → 128     ", tuple(half(x).shape))
    # endregion zero

    assert not torch.equal(y, x) and torch.equal(y, x.relu())
    assert torch.equal(block.F(x) + block.skip(x), x)
    assert half(x).shape == (1, 128, 4, 4)
