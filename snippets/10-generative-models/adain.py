# /// script
# dependencies = ["torch", "numpy"]
# ///
"""StyleGAN's adaptive instance normalisation: the style sets each channel's mean and spread."""

import torch
from torch import nn

torch.set_default_dtype(torch.float64)

torch.manual_seed(0)
mapping = nn.Sequential(nn.Linear(16, 16), nn.LeakyReLU(0.2), nn.Linear(16, 16), nn.LeakyReLU(0.2))
style = nn.Linear(16, 2 * 3)              # a scale and a shift for each of three channels
nn.init.constant_(style.bias[:3], 1.0)


def show(name, values):
    print(name, *(f"{v:5.2f}" for v in values[0]))


# region adain
def adain(x, scale, shift):      # (N, C, H, W)
    mean = x.mean((2, 3), keepdim=True)
    std = x.std((2, 3), keepdim=True)
    x = (x - mean) / (std + 1e-8)
    x = scale[..., None, None] * x
    return x + shift[..., None, None]

w = mapping(torch.randn(1, 16))
scale, shift = style(w).chunk(2, dim=1)
x = 5 + 3 * torch.randn(1, 3, 8, 8)
y = adain(x, scale, shift)
show("shift", shift)
show("mean ", y.mean((2, 3)))
# endregion adain
show("scale", scale)
show("std  ", y.std((2, 3)))

# %% claims
assert (scale > 0).all()
assert (y.mean((2, 3)) - shift).abs().max() < 1e-4
assert (y.std((2, 3)) - scale).abs().max() < 1e-4
before = (x - x.mean((2, 3), keepdim=True)) / x.std((2, 3), keepdim=True)
after = (y - y.mean((2, 3), keepdim=True)) / y.std((2, 3), keepdim=True)
assert torch.allclose(before, after)      # what is where stays
