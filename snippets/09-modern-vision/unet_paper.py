# /// script
# dependencies = ["torch", "numpy"]
# ///
"""The U-Net of the paper: sizes without padding, layers, parameters."""

import torch
from torch import nn

from unet import UNet

# region sizes
def size_out(n, levels=4):
    kept = []
    for _ in range(levels):
        kept.append(n - 4)   # 两个 3×3，不填充
        n = (n - 4) // 2     # 池化
    n = n - 4                # 最底下
    for side in reversed(kept):
        print(f"crop {side} -> {2 * n}")
        n = 2 * n - 4        # 转置卷积，3×3
    return n

print(572, "->", size_out(572))
# endregion sizes

# region count
with torch.device("meta"):
    paper = UNet(1, 2, widths=(64, 128, 256, 512, 1024))
convs = [m for m in paper.modules() if isinstance(
    m, (nn.Conv2d, nn.ConvTranspose2d))]
parameters = sum(p.numel() for p in paper.parameters())
print(len(convs), "convolutions", f"{parameters:,}")
# endregion count
layers, out = len(convs), 388
millions = parameters / 1e6
assert layers == 23


def parameters_by_hand():
    """Weights and biases from the widths alone."""
    w, total = (64, 128, 256, 512, 1024), 0
    for a, b in zip((1, *w), w):
        total += a * b * 9 + b + b * b * 9 + b
    for a, b in zip(w, w[1:]):
        total += b * a * 4 + a + 2 * a * a * 9 + a + a * a * 9 + a
    return total + 64 * 2 + 2


assert parameters == parameters_by_hand()
