# /// script
# dependencies = ["torch", "numpy"]
# ///
"""view(-1, 256) hides a wrong image size, flatten(1) shows it."""

import torch
from torch import nn

from lenet import LeNet

model = LeNet()


def features(images):
    """The part of LeNet before the linear layers."""
    pool = nn.functional.max_pool2d
    x = pool(model.conv1(images).relu(), 2)
    return pool(model.conv2(x).relu(), 2)


# region hidden
images = torch.zeros(64, 1, 32, 32)     # 不是 28×28
x = features(images)
print("view   ", *x.view(-1, 256).shape)
print("flatten", *x.flatten(1).shape)
try:
    model.fc1(x.flatten(1))
except RuntimeError as error:
    print(error)
# endregion hidden

rows = len(x.view(-1, 256))
assert rows == 100 and len(x.flatten(1)) == 64
