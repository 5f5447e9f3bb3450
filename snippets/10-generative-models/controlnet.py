# /// script
# dependencies = ["torch"]
# ///
"""ControlNet: a frozen block, a trainable copy, zero convolutions, a sum."""

from copy import deepcopy

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


torch.manual_seed(0)
block = nn.Sequential(nn.Conv2d(8, 8, 3, padding=1), nn.SiLU(), nn.Conv2d(8, 8, 3, padding=1))
x, edges, target = torch.randn(3, 2, 8, 16, 16)


# region control
def zero_conv(n):
    conv = nn.Conv2d(n, n, 1)
    nn.init.zeros_(conv.weight)
    nn.init.zeros_(conv.bias)
    return conv

twin = deepcopy(block)       # 可训练
block.requires_grad_(False)  # 冻结
enter, leave = zero_conv(8), zero_conv(8)

def controlled(x, c):
    extra = twin(x + enter(c))
    return block(x) + leave(extra)
# endregion control


# region steps
print("same", torch.equal(controlled(x, edges), block(x)))
parts = {"leave": leave, "twin": twin, "enter": enter}
optimizer = torch.optim.SGD([p for part in parts.values() for p in part.parameters()], lr=0.1)
for step in (1, 2, 3):
    loss = (controlled(x, edges) - target).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    size = {name: sum(p.grad.norm().item() for p in part.parameters()) for name, part in parts.items()}
    print(step, *(f"{name} {v > 0:d}" for name, v in size.items()))
    optimizer.step()
# endregion steps

# %% claims
assert all(p.grad is None for p in block.parameters())
assert all(v > 0 for v in size.values())
