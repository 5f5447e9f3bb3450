"""从 LeNet-5 到 ResNet-50：参数放在卷积里，还是线性层里。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch import nn

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

sys.path.append(str(Path(__file__).resolve().parents[2] / "snippets" / "06-cnn-architectures"))
from alexnet import alexnet
from counting import count
from googlenet import googlenet
from lenet5 import lenet5
from resnet50 import resnet50
from vgg import depths, vgg

with torch.device("meta"):
    nets = {
        "LeNet-5\n1998": lenet5,
        "AlexNet\n2012": alexnet(),
        "VGG-16\n2014": vgg(depths["VGG-16"]),
        "GoogLeNet\n2014": googlenet(),
        "ResNet-50\n2015": resnet50(),
    }
fig, ax = house.figure(11.4, 4.8)
for at, net in enumerate(nets.values()):
    total, linear = count(net) / 1e6, count(net, nn.Linear) / 1e6
    ax.bar(at, total - linear, color=house.TEAL, width=0.62, label="卷积（和归一化）" if at == 0 else None)
    ax.bar(at, linear, bottom=total - linear, color=house.tint(house.ORANGE, 0.45), hatch="//",
           edgecolor=house.ORANGE, width=0.62, label="线性层" if at == 0 else None)
    ax.text(at, total + 2.5, f"{total:.2f}" if total < 1 else f"{total:.1f}", ha="center",
        fontsize=house.TEXT)
ax.set(ylabel="参数（百万）", ylim=(0, 158), xticks=range(len(nets)))
ax.set_xticklabels(nets, fontsize=house.TEXT)
ax.grid(axis="x", visible=False)
ax.legend(loc="upper right", fontsize=house.TEXT)
plt.show()
