"""LeNet layer by layer; the sizes are those of a real forward pass."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch.nn import functional as F

sys.path.append(str(Path(__file__).resolve().parents[1]))
sys.path.append(str(Path(__file__).resolve().parents[2] / "snippets/03-training-basics"))
import house
from lenet import LeNet


# Follow one picture through the model.
model = LeNet()
x = torch.zeros(1, 1, 28, 28)
maps = [x]
for conv in (model.conv1, model.conv2):
    maps.append(F.relu(conv(maps[-1])))
    maps.append(F.max_pool2d(maps[-1], 2))
vectors = [maps[-1].flatten(1)]
for layer in (model.fc1, model.fc2, model.fc3):
    vectors.append(layer(vectors[-1]))
assert torch.allclose(model(x), model.fc3(F.relu(model.fc2(F.relu(model.fc1(vectors[0]))))))

fig, ax = house.canvas(11.8, 4.6)
middle = 2.55
blocks, at = [], 0.25
names = ["输入", "卷积 5×5", "池化 2×2", "卷积 5×5", "池化 2×2"]
colors = [house.BLUE, house.ORANGE, house.GREY, house.ORANGE, house.GREY]
for tensor, name, color in zip(maps, names, colors):
    _, channels, height, width = tensor.shape
    face, depth = 0.35 + height / 24, 0.12 + channels / 20
    total = face + depth / 2
    block = house.cuboid(
        ax,
        (at + total / 2, middle),
        width=face,
        height=face,
        depth=depth,
        color=color,
        shape=f"{channels}×{height}×{width}",
    )
    house.label(
        ax,
        (block.center[0], 4.3),
        name,
        color=color if color != house.GREY else house.MUTED,
        size=house.SMALL,
    )
    blocks.append(block)
    at += total + 0.36

for tensor, name in zip(vectors, ["展平", "线性", "线性", "线性"]):
    length = tensor.shape[1]
    color = house.GREY if name == "展平" else house.TEAL if length == 10 else house.ORANGE
    bar = house.box(ax, (at + 0.2, middle), width=0.3, height=0.5 + length / 105, color=color)
    house.label(
        ax,
        (at + 0.2, bar.bottom[1] - 0.1),
        str(length),
        color=house.MUTED,
        size=house.SMALL,
        mono=True,
        va="top",
    )
    house.label(
        ax, (at + 0.2, 4.3), name, color=color if color != house.GREY else house.MUTED, size=house.SMALL
    )
    blocks.append(bar)
    at += 0.72

for left, right in zip(blocks, blocks[1:]):
    house.arrow(ax, (left.right[0], middle), (right.left[0], middle), gap=3)
count = sum(p.numel() for p in model.parameters())
house.label(ax, (5.9, 0.3), f"可学习的参数：{count} 个", color=house.MUTED, size=house.TEXT)
plt.show()
