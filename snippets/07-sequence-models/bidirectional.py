# /// script
# dependencies = ["torch"]
# ///
"""Two readers, one from each end."""

import torch
from torch import nn

torch.set_default_dtype(torch.float64)

# region two
torch.manual_seed(0)
both = nn.GRU(8, 16, batch_first=True, bidirectional=True)
x = torch.randn(4, 6, 8)
states, h = both(x)
print(*states.shape, "/", *h.shape)

forward, backward = states.split(16, dim=2)
print(torch.equal(forward[:, -1], h[0]))    # 正向读完在末尾
print(torch.equal(backward[:, 0], h[1]))    # 反向读完在开头
print(torch.equal(backward[:, -1], h[1]))   # 末尾：只读了一步
# endregion two
assert torch.equal(forward[:, -1], h[0]) and torch.equal(backward[:, 0], h[1])

# region flip
one = nn.GRU(8, 16, batch_first=True)
for name, p in one.named_parameters():
    p.data = getattr(both, name + "_reverse").data
flipped = one(x.flip(1))[0].flip(1)
print(torch.allclose(flipped, backward))
# endregion flip
assert torch.allclose(flipped, backward)
