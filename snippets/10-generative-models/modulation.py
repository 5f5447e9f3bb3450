# /// script
# dependencies = ["torch", "numpy"]
# ///
"""StyleGAN2: the style scales the weights of a convolution, which then are normalised."""

import torch
from torch.nn.functional import conv2d

torch.set_default_dtype(torch.float64)

# region modulate
def modulated(x, weight, s):
    """x (1, C, H, W)，weight (O, C, k, k)，s (C,)"""
    w = weight * s[None, :, None, None]      # 调制
    size = w.pow(2).sum((1, 2, 3), keepdim=True)
    w = w / (size + 1e-8).sqrt()             # 再归一
    return conv2d(x, w, padding=1)

torch.manual_seed(0)
x = torch.randn(1, 32, 64, 64)               # 单位方差
weight = torch.randn(16, 32, 3, 3)
for strength in (0.1, 1.0, 10.0):
    s = strength * torch.rand(32)
    raw = conv2d(x * s[:, None, None], weight, padding=1)
    print(f"{strength:4}  {raw.std():7.2f}  "
          f"{modulated(x, weight, s).std():.2f}")
# endregion modulate

# %% claims
same = conv2d(x, weight * s[None, :, None, None], padding=1)
assert torch.allclose(raw, same)             # scaling the input is scaling the weights
spread = modulated(x, weight, s).std().item()
assert 0.9 < spread < 1.1
