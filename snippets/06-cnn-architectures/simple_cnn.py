# /// script
# dependencies = ["torch", "numpy"]
# ///
"""一个小卷积网络：两次“卷积、ReLU、池化”，再两个线性层。"""

import torch
from torch import nn


# region net
class SimpleCNN(nn.Module):
    def __init__(self, a=32, b=64):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, a, 3, padding=1), nn.ReLU(),
            nn.MaxPool2d(2),                # 28 → 14
            nn.Conv2d(a, b, 3, padding=1), nn.ReLU(),
            nn.MaxPool2d(2))                # 14 → 7
        self.head = nn.Sequential(
            nn.Flatten(), nn.Linear(b * 7 * 7, 128),
            nn.ReLU(), nn.Linear(128, 10))

    def forward(self, x):
        return self.head(self.features(x))
# endregion net


if __name__ == "__main__":
    # region use
    net = SimpleCNN()
    x = torch.zeros(8, 1, 28, 28)
    total = sum(p.numel() for p in net.parameters())
    print("特征", tuple(net.features(x).shape))
    print("输出", tuple(net(x).shape))
    print(f"参数 {total:,}")
    # endregion use

    shape = tuple(net(x).shape)
    first_share = sum(p.numel() for p in net.head[1].parameters()) / total
    assert total == 421_642 and net(x).shape == (8, 10)
    assert net.features(x).shape == (8, 64, 7, 7)
