# /// script
# dependencies = ["torch"]
# ///
"""ControlNet: a frozen block, a trainable copy, zero convolutions, a sum."""

from copy import deepcopy

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


# region control
def zero_conv(n):
    conv = nn.Conv2d(n, n, 1)
    nn.init.zeros_(conv.weight)
    nn.init.zeros_(conv.bias)
    return conv

class Control(nn.Module):
    def __init__(self, block, n):
        super().__init__()
        self.twin = deepcopy(block)  # 可训练
        self.block = block.requires_grad_(False)
        self.enter = zero_conv(n)
        self.leave = zero_conv(n)

    def forward(self, x, c):
        extra = self.twin(x + self.enter(c))
        return self.block(x) + self.leave(extra)
# endregion control


# region steps
torch.manual_seed(0)
block = nn.Sequential(nn.Conv2d(8, 8, 3, padding=1), nn.SiLU(),
                      nn.Conv2d(8, 8, 3, padding=1))
net = Control(block, 8)
x, edges, target = torch.randn(3, 2, 8, 16, 16)
print("same", torch.equal(net(x, edges), block(x)))

optimizer = torch.optim.SGD(
    [p for p in net.parameters() if p.requires_grad], lr=0.1)
for step in (1, 2, 3):
    loss = (net(x, edges) - target).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    size = {name: sum(p.grad.norm().item() for p in part.parameters())
            for name, part in (("leave", net.leave), ("twin", net.twin),
                               ("enter", net.enter))}
    print(step, *(f"{name} {v > 0:d}" for name, v in size.items()))
    optimizer.step()
# endregion steps

# %% claims
assert all(p.grad is None for p in net.block.parameters())
assert all(v > 0 for v in size.values())
fresh = Control(deepcopy(block).requires_grad_(True), 8)
assert torch.equal(fresh(x, edges), fresh.block(x))
