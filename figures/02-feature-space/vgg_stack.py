"""VGG-16 的形状：一块块地，长宽减半，通道加倍；形状由模型在 meta 设备上算出。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch import nn

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house


def block(cin, cout, layers):
    """layers 个 3×3 卷积，再减半。"""
    parts = []
    for i in range(layers):
        parts += [nn.Conv2d(cout if i else cin, cout, 3, padding=1), nn.ReLU()]
    return nn.Sequential(*parts, nn.MaxPool2d(2))


with torch.device("meta"):
    x = torch.empty(1, 3, 224, 224)
    shapes = [tuple(x.shape[1:])]
    for cin, cout, layers in ((3, 64, 2), (64, 128, 2), (128, 256, 3), (256, 512, 3), (512, 512, 3)):
        x = block(cin, cout, layers)(x)
        shapes.append(tuple(x.shape[1:]))
    head = [nn.Linear(x[0].numel(), 4096), nn.Linear(4096, 4096), nn.Linear(4096, 1000)]

fig, ax = house.canvas(11.6, 4.4)
left = 0.25
for number, (channels, height, width) in enumerate(shapes):
    side = 0.34 + 1.7 * height / 224
    depth = 0.08 + 0.8 * channels / 512
    span = side + depth * 0.5
    shape = house.cuboid(
        ax,
        (left + span / 2, 2.35),
        width=side,
        height=side,
        depth=depth,
        color=house.BLUE if number == 0 else house.TEAL,
    )
    at = (shape.center[0], 0.72 - 0.36 * (number % 2))
    house.label(ax, at, f"{channels}×{height}×{width}", color=house.MUTED, size=house.SMALL, mono=True)
    if number:
        house.label(
            ax, (shape.center[0], shape.top[1] + 0.28), f"块 {number}", color=house.TEAL, size=house.SMALL
        )
    left += span + 0.34
house.arrow(ax, (shape.right[0] + 0.1, 2.45), (9.8, 2.45), "展平")
for row, layer in enumerate(head):
    house.box(
        ax,
        (10.6, 3.45 - 1.0 * row),
        str(layer.out_features),
        width=1.4,
        height=0.7,
        mono=True,
        size=house.SMALL,
        color=house.RED if row == 2 else house.ORANGE,
    )
house.label(ax, (10.6, 0.72), f"{len(head)} 个线性层", color=house.MUTED, size=house.SMALL)
plt.show()
