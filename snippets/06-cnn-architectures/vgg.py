# /// script
# dependencies = ["torch", "torchvision"]
# ///
"""VGG：一张表就是一个网络；四种深度，参数与 torchvision 一致。"""

import torch
from torch import nn

from counting import count, layers

def conv3(i, o):
    return nn.Conv2d(i, o, 3, padding=1)


def dense(i, o):
    return nn.Linear(i, o), nn.ReLU(), nn.Dropout()


# region net
def vgg(numbers):
    parts, cin = [], 3
    widths = (64, 128, 256, 512, 512)
    for n, cout in zip(numbers, widths):
        for _ in range(n):
            parts.append(conv3(cin, cout))
            parts.append(nn.ReLU())
            cin = cout
        parts.append(nn.MaxPool2d(2))
    return nn.Sequential(
        *parts, nn.Flatten(),
        *dense(512 * 7 * 7, 4096),
        *dense(4096, 4096),
        nn.Linear(4096, 1000))
# endregion net


depths = {"VGG-11": (1, 1, 2, 2, 2), "VGG-13": (2, 2, 2, 2, 2),
          "VGG-16": (2, 2, 3, 3, 3), "VGG-19": (2, 2, 4, 4, 4)}

if __name__ == "__main__":
    from torchvision import models

    # region count
    with torch.device("meta"):
        for name, numbers in depths.items():
            ours = count(vgg(numbers))
            theirs = count(getattr(models, name.lower().replace("-", ""))())
            print(f"{name} {ours:,} {ours == theirs}")
    # endregion count

    with torch.device("meta"):
        net = vgg(depths["VGG-16"])
        y = net(torch.zeros(1, 3, 224, 224))
    total, convs, linears = count(net), layers(net, nn.Conv2d), layers(net, nn.Linear)
    conv_total = count(net, nn.Conv2d)
    linear_share = count(net, nn.Linear) / total
    first_linear_share = (25088 * 4096 + 4096) / total
    assert y.shape == (1, 1000) and total == 138_357_544 and conv_total == 14_714_688
    assert (convs, linears) == (13, 3)
