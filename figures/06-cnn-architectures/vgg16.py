"""VGG-16：五块，每块两三个 3×3 卷积再减半，最后三个线性层。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch import nn

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

sys.path.append(str(Path(__file__).resolve().parents[2] / "snippets" / "06-cnn-architectures"))
from parts import linear_layers, pipeline
from vgg import depths, vgg

with torch.device("meta"):
    net, x = vgg(depths["VGG-16"]), torch.zeros(1, 3, 224, 224)
    stages, vectors, convs = [("输入", 3, 224, house.BLUE)], [], 0
    for layer in net:
        x = layer(x)
        convs += isinstance(layer, nn.Conv2d)
        if isinstance(layer, nn.MaxPool2d):
            stages.append((f"{convs} 个 3×3", *x.shape[1:3], house.ORANGE))
            convs = 0
        elif isinstance(layer, nn.Linear):
            vectors.append(x.shape[1])
fig, ax = house.canvas(11.6, 4.8)
blocks = pipeline(ax, stages, left=0.55, right=9.2, middle=2.5, tallest=2.5, thickest=1.3, top=4.4)
linear_layers(ax, vectors, after=blocks[-1], x=10.7, width=1.5)
plt.show()
