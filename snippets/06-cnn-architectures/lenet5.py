# /// script
# dependencies = ["torch", "numpy"]
# ///
"""LeNet-5：32×32 的图进去，10 个分数出来；激活用 tanh，池化用平均。"""

import torch
from torch import nn

# region net
lenet5 = nn.Sequential(
    nn.Conv2d(1, 6, 5), nn.Tanh(),
    nn.AvgPool2d(2),
    nn.Conv2d(6, 16, 5), nn.Tanh(),
    nn.AvgPool2d(2),
    nn.Conv2d(16, 120, 5), nn.Tanh(),
    nn.Flatten(),
    nn.Linear(120, 84), nn.Tanh(),
    nn.Linear(84, 10))
# endregion net


if __name__ == "__main__":
    # region shapes
    x = torch.zeros(2, 1, 32, 32)
    for layer in lenet5:
        x = layer(x)
        if not isinstance(layer, nn.Tanh):
            print(f"{type(layer).__name__:9}", *x.shape[1:])
    # endregion shapes

    total = sum(p.numel() for p in lenet5.parameters())
    assert x.shape == (2, 10) and total == 61_706
    photo = lenet5[:6](torch.zeros(1, 1, 224, 224))     # C1 to S4: far from 5×5
    assert photo.shape == (1, 16, 53, 53)
