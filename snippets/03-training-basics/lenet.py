# /// script
# dependencies = ["torch", "numpy"]
# ///
"""LeNet for 28x28 grey images: two convolutions and three linear layers."""

import torch
from torch import nn
from torch.nn import functional as F


# region definition
class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, kernel_size=5)
        self.conv2 = nn.Conv2d(6, 16, kernel_size=5)
        self.fc1 = nn.Linear(16 * 4 * 4, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)
    # endregion definition

    # region forward
    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = x.flatten(1)          # (N, 16, 4, 4) -> (N, 256)
        x = F.relu(self.fc1(x))
        x = F.relu(self.fc2(x))
        return self.fc3(x)        # 分数，不加 softmax
    # endregion forward


# region use
if __name__ == "__main__":
    model = LeNet()
    images = torch.zeros(64, 1, 28, 28)
    print(model(images).shape)
# endregion use
