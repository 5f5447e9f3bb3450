# /// script
# dependencies = ["torch", "numpy"]
# ///
"""用一种积木块搭出 VGG-16：13 个卷积层，3 个线性层。"""

import torch
from torch import nn


# region block
def block(cin, cout, layers):
    """layers 个 3×3 卷积，再把长宽各减一半。"""
    parts = []
    for _ in range(layers):
        conv = nn.Conv2d(cin, cout, kernel_size=3, padding=1)
        parts += [conv, nn.ReLU()]
        cin = cout
    return nn.Sequential(*parts, nn.MaxPool2d(2))
# endregion block


# region vgg16
with torch.device("meta"):        # 只有形状，不占内存
    vgg = nn.Sequential(
        block(3, 64, 2), block(64, 128, 2),
        block(128, 256, 3), block(256, 512, 3),
        block(512, 512, 3), nn.Flatten(),
        nn.Linear(512 * 7 * 7, 4096), nn.ReLU(),
        nn.Linear(4096, 4096), nn.ReLU(),
        nn.Linear(4096, 1000))
    y = vgg(torch.empty(1, 3, 224, 224))
count = sum(p.numel() for p in vgg.parameters())
print(tuple(y.shape), f"{count:,} 个参数")
# endregion vgg16

convolutions = sum(isinstance(m, nn.Conv2d) for m in vgg.modules())
linears = sum(isinstance(m, nn.Linear) for m in vgg.modules())
linear_share = sum(p.numel() for p in vgg[6:].parameters()) / count
gib = 4 * count / 2**30
assert count == 138_357_544 and y.shape == (1, 1000)
assert (convolutions, linears) == (13, 3)
