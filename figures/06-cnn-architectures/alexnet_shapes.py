"""AlexNet 逐层的尺寸；形状来自一次前向计算（meta 设备）。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch import nn

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

sys.path.append(str(Path(__file__).resolve().parents[2] / "snippets" / "06-cnn-architectures"))
from alexnet import alexnet
from parts import linear_layers, pipeline

with torch.device("meta"):
    net, x = alexnet(), torch.zeros(1, 3, 227, 227)
    stages, vectors = [("输入", 3, 227, house.BLUE)], []
    for layer in net:
        x = layer(x)
        if isinstance(layer, nn.Conv2d):
            k, s = layer.kernel_size[0], layer.stride[0]
            stages.append((f"{k}×{k}" + (f" /{s}" if s > 1 else ""), *x.shape[1:3], house.ORANGE))
        elif isinstance(layer, nn.MaxPool2d):
            stages.append(("池化", *x.shape[1:3], house.TEAL))
        elif isinstance(layer, nn.Linear):
            vectors.append(x.shape[1])
assert stages[-1][1:3] == (256, 6)
fig, ax = house.canvas(11.7, 4.8)
blocks = pipeline(ax, stages, left=0.45, right=9.75, middle=2.5, tallest=2.2, thickest=1.0, top=4.4)
linear_layers(ax, vectors, after=blocks[-1], x=10.9, width=1.45)
plt.show()
