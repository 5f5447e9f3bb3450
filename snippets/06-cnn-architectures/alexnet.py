# /// script
# dependencies = ["torch", "torchvision"]
# ///
"""AlexNet：5 个卷积、3 个线性层；与论文和 torchvision 核对。"""

from functools import partial

import torch
from torch import nn

from counting import count


# region net
def alexnet(g=1):                # g 组
    lrn = partial(nn.LocalResponseNorm, 5, 5e-4, k=2)
    return nn.Sequential(
        nn.Conv2d(3, 96, 11, stride=4), nn.ReLU(), lrn(),
        nn.MaxPool2d(3, 2),
        nn.Conv2d(96, 256, 5, padding=2, groups=g), nn.ReLU(), lrn(),
        nn.MaxPool2d(3, 2),
        nn.Conv2d(256, 384, 3, padding=1), nn.ReLU(),
        nn.Conv2d(384, 384, 3, padding=1, groups=g), nn.ReLU(),
        nn.Conv2d(384, 256, 3, padding=1, groups=g), nn.ReLU(),
        nn.MaxPool2d(3, 2), nn.Flatten(),
        nn.Linear(256 * 6 * 6, 4096), nn.ReLU(), nn.Dropout(),
        nn.Linear(4096, 4096), nn.ReLU(), nn.Dropout(),
        nn.Linear(4096, 1000))
# endregion net


if __name__ == "__main__":
    from torchvision import models

    # region count
    with torch.device("meta"):       # 只算形状，不占内存
        net = alexnet()
        y = net(torch.zeros(1, 3, 227, 227))
        one_gpu = count(net)
        two_gpus = count(alexnet(g=2))
        newer = count(models.alexnet())
    print(tuple(y.shape))
    print(f"不分组      {one_gpu:,}")
    print(f"论文分两组  {two_gpus:,}")
    print(f"torchvision {newer:,}")
    # endregion count

    linear_share = count(net, nn.Linear) / one_gpu
    assert y.shape == (1, 1000) and one_gpu == 62_378_344
    assert two_gpus == 60_965_224 and newer == 61_100_840
