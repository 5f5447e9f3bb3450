# /// script
# dependencies = ["torch", "torchvision"]
# ///
"""Swin-T: four stages, each with half the side and twice the channels."""

import torch
from torch import nn
from torchvision import models

from swin import SwinBlock


# region merge
class Merge(nn.Module):
    """相邻 2×2 格拼成一格，通道 4C -> 2C"""
    def __init__(self, dim):
        super().__init__()
        self.norm = nn.LayerNorm(4 * dim)
        self.reduce = nn.Linear(4 * dim, 2 * dim, bias=False)

    def forward(self, x):                # (B, H, W, C)
        x = torch.cat([x[:, i::2, j::2] for j in (0, 1)
                       for i in (0, 1)], dim=-1)
        return self.reduce(self.norm(x))
# endregion merge


# region net
def swin_tiny(dim=96):
    parts = []
    for stage, blocks in enumerate((2, 2, 6, 2)):
        if stage > 0:
            parts.append(Merge(dim))
            dim = 2 * dim
        parts += [SwinBlock(dim, dim // 32, w=7,
                            shift=3 * (i % 2))
                  for i in range(blocks)]
    return nn.Sequential(*parts, nn.LayerNorm(dim))
# endregion net


# region count
with torch.device("meta"):
    stem = [nn.Conv2d(3, 96, 4, 4), nn.LayerNorm(96)]
    net = nn.Sequential(*stem, swin_tiny(),
                        nn.Linear(768, 1000))
    library = models.swin_t()
for model in (net, library):
    n = sum(p.numel() for p in model.parameters())
    print(f"{n:,}")
# endregion count
parameters = sum(p.numel() for p in net.parameters())
assert parameters == n == 28_288_354
ours, theirs = (sorted(p.numel() for p in m.parameters()) for m in (net, library))
assert ours == theirs

torch.manual_seed(0)
side, shapes = 56, []
x = torch.randn(1, 8, 8, 4)
assert Merge(4)(x).shape == (1, 4, 4, 8)

# Scores of one head over 56 x 56 tokens: all pairs, or windows of 7 x 7.
tokens = side * side
whole, windowed = tokens**2, tokens * 49
factor = whole // windowed
assert (whole, windowed, factor) == (9_834_496, 153_664, 64)
