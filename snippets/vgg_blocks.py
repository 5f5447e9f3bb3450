# /// script
# dependencies = ["torch"]
# ///
"""用一种积木块搭出 VGG-16：13 个卷积层，3 个线性层。"""

import torch
from torch import nn


# region block
def block(cin, cout, layers):
    """layers 个 3×3 卷积，再把长宽各减一半。"""
    parts = []
    for i in range(layers):
        parts += [nn.Conv2d(cout if i else cin, cout, 3, padding=1),
                  nn.ReLU()]
    return nn.Sequential(*parts, nn.MaxPool2d(2))
# endregion block


# region vgg16
with torch.device("meta"):        # 只有形状，不占内存
    body = nn.Sequential(
        block(3, 64, 2), block(64, 128, 2), block(128, 256, 3),
        block(256, 512, 3), block(512, 512, 3))
    head = nn.Sequential(
        nn.Flatten(), nn.Linear(512 * 7 * 7, 4096), nn.ReLU(),
        nn.Linear(4096, 4096), nn.ReLU(), nn.Linear(4096, 1000))
    h = body(torch.empty(1, 3, 224, 224))
count = sum(p.numel() for p in [*body.parameters(), *head.parameters()])
print(tuple(h.shape), "->", tuple(head(h).shape))
print(f"{count:,} 个参数")
# endregion vgg16

head_share = sum(p.numel() for p in head.parameters()) / count
assert count == 138_357_544
assert h.shape == (1, 512, 7, 7)
