# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Conv2d 要四维；三维看作一张图；二维会报错。"""

from textwrap import fill

import torch
from torch import nn

# region shapes
X = torch.zeros(8, 8)
one = (1, 1)                # N = 1, C = 1
print(one + X.shape)        # 元组相接
print(X.view(one + X.shape).shape)

image = torch.zeros(1, 28, 28)   # C, H, W
print(image.unsqueeze(0).shape)  # 加批次
conv = nn.Conv2d(1, 6, 5)
print(conv(image).shape)    # 三维也收
try:
    conv(X)                 # 二维不收
except RuntimeError as error:
    print(fill(str(error)[:55], 30))
# endregion shapes

assert one + X.shape == (1, 1, 8, 8)
assert conv(image).shape == (6, 24, 24)
message = ""
try:
    conv(X)
except RuntimeError as error:
    message = str(error)
assert message.startswith("Expected 3D (unbatched) or 4D (batched) input")
