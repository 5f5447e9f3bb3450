# /// script
# dependencies = ["torch"]
# ///
"""StyleGAN's adaptive instance normalisation: the style sets each channel's mean and spread."""

import torch
from torch import nn

torch.set_default_dtype(torch.float64)

# region adain
def adain(x, scale, shift):               # (N, C, H, W)
    mean = x.mean((2, 3), keepdim=True)
    std = x.std((2, 3), keepdim=True)
    x = (x - mean) / (std + 1e-8)
    return scale[..., None, None] * x + shift[..., None, None]

torch.manual_seed(0)
mapping = nn.Sequential(nn.Linear(16, 16), nn.LeakyReLU(0.2),
                        nn.Linear(16, 16), nn.LeakyReLU(0.2))
style = nn.Linear(16, 2 * 3)              # w 到 3 个通道
w = mapping(torch.randn(1, 16))           # z 到 w
scale, shift = (style(w) + torch.tensor([1.0] * 3 + [0.0] * 3)).chunk(2, 1)

x = 5 + 3 * torch.randn(1, 3, 8, 8)       # 内容
y = adain(x, scale, shift)
print("style", *(f"{v:6.3f}" for v in shift[0]))
print("mean ", *(f"{v:6.3f}" for v in y.mean((2, 3))[0]))
# endregion adain
print("scale", *(f"{v:6.3f}" for v in scale[0]))
print("std  ", *(f"{v:6.3f}" for v in y.std((2, 3))[0]))

# %% claims
assert (y.mean((2, 3)) - shift).abs().max() < 1e-4
assert (y.std((2, 3)) - scale.abs()).abs().max() < 1e-4
before = ((x - x.mean((2, 3), keepdim=True)) / x.std((2, 3), keepdim=True))[0, 0]
after = ((y - y.mean((2, 3), keepdim=True)) / y.std((2, 3), keepdim=True))[0, 0]
assert torch.allclose(before, after * scale[0, 0].sign())      # what is where stays
