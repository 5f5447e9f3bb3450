# /// script
# dependencies = ["torch", "numpy"]
# ///
"""What an attention layer over patches does with a shift: no, absolute and relative positions."""

import math

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)

patch = nn.Conv1d(1, 16, 4, stride=4)
Q, K, V = (nn.Linear(16, 16) for _ in range(3))
places, steps = torch.randn(8, 16), torch.arange(8)

# region layer
away = (steps[:, None] - steps) % 8  # 相隔几块
table = torch.randn(8)         # 相隔几块，加多少

def layer(x, kind):
    t = patch(x).mT            # 8 块，各 16 维
    if kind == "absolute":
        t = t + places
    scores = Q(t) @ K(t).mT / math.sqrt(16)
    if kind == "relative":
        scores = scores + table[away]
    return scores.softmax(-1) @ V(t)
# endregion layer

# region gap
x = torch.randn(1, 1, 32)

def gap(kind, by):
    one = layer(x.roll(by, dims=2), kind)
    two = layer(x, kind).roll(by // 4, dims=1)
    return (one - two).abs().max().item()

gaps = {}
for kind in ("none", "absolute", "relative"):
    gaps[kind] = gap(kind, 4), gap(kind, 1)
    print(f"{kind:9}", *(f"{g:.2f}" for g in gaps[kind]))
# endregion gap
assert gaps["none"][0] < 1e-9 and gaps["relative"][0] < 1e-9 and gaps["absolute"][0] > 0.05
assert all(g[1] > 0.05 for g in gaps.values())


def tokens(t, kind):
    """The layer on tokens in another order (only without positions is it the same)."""
    scores = Q(t) @ K(t).mT / math.sqrt(16)
    if kind == "relative":
        scores = scores + table[away]
    return scores.softmax(-1) @ V(t)


order = torch.randperm(8)
t = patch(x).mT
assert torch.allclose(tokens(t[:, order], "none"), tokens(t, "none")[:, order])
assert not torch.allclose(tokens(t[:, order], "relative"), tokens(t, "relative")[:, order])
