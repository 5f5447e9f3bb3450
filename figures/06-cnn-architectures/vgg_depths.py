"""VGG 的四种深度：五块的宽度不变，只是每块的层数不同。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

sys.path.append(str(Path(__file__).resolve().parents[2] / "snippets" / "06-cnn-architectures"))
from counting import layers
from vgg import depths, vgg

with torch.device("meta"):
    for numbers in depths.values():
        assert layers(vgg(numbers), torch.nn.Conv2d) == sum(numbers)

fig, ax = house.canvas(5.0, 3.3)
channels = (64, 128, 256, 512, 512)
hues = (house.BLUE, house.TEAL, house.GOLD, house.ORANGE, house.PURPLE)
for column, (name, numbers) in enumerate(depths.items()):
    x, y = 1.25 + 1.08 * column, 0.55
    house.label(ax, (x, 0.25), name, size=house.SMALL)
    for block, (n, hue) in enumerate(zip(numbers, hues)):
        for _ in range(n):
            house.box(ax, (x, y + 0.05), width=0.86, height=0.085, color=hue)
            y += 0.125
        y += 0.06
heights = 0.6
for block, (n, hue) in enumerate(zip(depths["VGG-11"], hues)):
    house.label(ax, (0.68, heights + (n - 1) * 0.07), str(channels[block]), color=hue,
        size=house.SMALL, ha="right", mono=True)
    heights += n * 0.125 + 0.06
house.label(ax, (0.42, 1.95), "通道", color=house.MUTED, size=house.SMALL)
plt.show()
