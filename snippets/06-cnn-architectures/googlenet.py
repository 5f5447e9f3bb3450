# /// script
# dependencies = ["torch", "torchvision"]
# ///
"""GoogLeNet：五段，九个 Inception 块，最后全局平均池化。"""

from functools import partial

import torch
from torch import nn

from counting import count, layers
from inception import Inception

# region table
blocks = [  # 进, 1×1, 3×3（压缩, 出）, 5×5（压缩, 出）, 池化
    [(192, 64, (96, 128), (16, 32), 32),
     (256, 128, (128, 192), (32, 96), 64)],
    [(480, 192, (96, 208), (16, 48), 64),
     (512, 160, (112, 224), (24, 64), 64),
     (512, 128, (128, 256), (24, 64), 64),
     (512, 112, (144, 288), (32, 64), 64),
     (528, 256, (160, 320), (32, 128), 128)],
    [(832, 256, (160, 320), (32, 128), 128),
     (832, 384, (192, 384), (48, 128), 128)]]
# endregion table


# region net
def googlenet():
    pool = partial(nn.MaxPool2d, 3, 2, padding=1)
    return nn.Sequential(
        nn.Conv2d(3, 64, 7, 2, padding=3), nn.ReLU(), pool(),
        nn.Conv2d(64, 64, 1), nn.ReLU(),
        nn.Conv2d(64, 192, 3, padding=1), nn.ReLU(), pool(),
        *(Inception(*row) for row in blocks[0]), pool(),
        *(Inception(*row) for row in blocks[1]), pool(),
        *(Inception(*row) for row in blocks[2]),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.4),
        nn.Linear(1024, 1000))
# endregion net


if __name__ == "__main__":
    from torchvision import models

    # region count
    with torch.device("meta"):
        net = googlenet()
        y = net(torch.zeros(1, 3, 224, 224))
        library = models.googlenet(
            aux_logits=False, init_weights=False)
    print(tuple(y.shape), layers(net, Inception), "个 Inception")
    print(f"{count(net):,}", f"torchvision {count(library):,}")
    # endregion count

    total = count(net)
    fraction = round(62_378_344 / total)
    # torchvision 的不同：“5×5”那一路用了 3×3；卷积不要偏置，但每个通道有批归一化的两个参数。
    channels = sum(m.out_channels for m in net.modules() if isinstance(m, nn.Conv2d))
    smaller = sum((25 - 9) * c[0] * c[1] for stage in blocks for _, _, _, c, _ in stage)
    assert count(library) == total - smaller + channels
    assert y.shape == (1, 1000) and layers(net, Inception) == 9 and total == 6_998_552
