# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Two readers, one from each end."""

import torch
from torch import nn

torch.set_default_dtype(torch.float64)

# region two
torch.manual_seed(0)
both = nn.GRU(8, 16, batch_first=True,
              bidirectional=True)
x = torch.randn(4, 6, 8)
states, h = both(x)
print("states", *states.shape)
print("h     ", *h.shape)

ahead, back = states.split(16, dim=2)
print(torch.equal(ahead[:, -1], h[0]))
print(torch.equal(back[:, 0], h[1]))
print(torch.equal(back[:, -1], h[1]))
# endregion two
assert torch.equal(ahead[:, -1], h[0]) and torch.equal(back[:, 0], h[1])

# region flip
one = nn.GRU(8, 16, batch_first=True)
for name, p in one.named_parameters():
    p.data = getattr(both, name + "_reverse").data
flipped = one(x.flip(1))[0].flip(1)
print(torch.allclose(flipped, back))
# endregion flip
assert torch.allclose(flipped, back)
