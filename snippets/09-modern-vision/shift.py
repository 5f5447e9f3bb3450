# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Shift, then convolve; convolve, then shift: when are they equal?"""

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)

x = torch.randn(1, 1, 16, 16)
ring = nn.Conv2d(1, 4, 3, padding=1, padding_mode="circular")
zero = nn.Conv2d(1, 4, 3, padding=1)
half = nn.Conv2d(1, 4, 3, 2, padding=1, padding_mode="circular")


# region gap
def gap(conv, by, stride=1):
    one = conv(x.roll(by, dims=3))
    two = conv(x).roll(by // stride, dims=3)
    gaps = (one - two).abs()[0]
    return gaps.amax((0, 1))         # 每列

for name, g in (("环绕", gap(ring, 3)),
                ("补零", gap(zero, 3)),
                ("补零，中间", gap(zero, 3)[4:-1]),
                ("步长 2，移 2", gap(half, 2, 2)),
                ("步长 2，移 1", gap(half, 1, 2))):
    print(f"{g.max():.1f} {name}")
# endregion gap
columns = gap(zero, 3)
touched = int((columns > 1e-9).sum())
assert gap(ring, 3).max() < 1e-9 and gap(half, 2, 2).max() < 1e-9
assert columns.max() > 0.1 and gap(half, 1, 2).max() > 0.1 and columns[4:-1].max() < 1e-9
