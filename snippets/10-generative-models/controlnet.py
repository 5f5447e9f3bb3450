# /// script
# dependencies = ["torch", "matplotlib"]
# ///
"""ControlNet: a frozen block, a trainable copy, zero convolutions, a sum."""

import sys
from copy import deepcopy
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch import nn

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

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
sizes = []
parts = {"leave": leave, "twin": twin, "enter": enter}
optimizer = torch.optim.SGD([p for part in parts.values() for p in part.parameters()], lr=0.1)
for step in (1, 2, 3):
    loss = (controlled(x, edges) - target).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    size = {name: sum(p.grad.norm().item() for p in part.parameters()) for name, part in parts.items()}
    sizes.append(size)
    print(step, *(f"{name} {v > 0:d}" for name, v in size.items()))
    optimizer.step()
# endregion steps

# %% claims
assert all(p.grad is None for p in block.parameters())
assert all(v > 0 for v in size.values())

# %% gradients
#| label: zero_gradients
fig, ax = house.figure(5.0, 2.5)
styles = {"leave": (house.ORANGE, None), "twin": (house.TEAL, "//"), "enter": (house.PURPLE, "..")}
floor = 1e-5
for k, (name, (color, hatch)) in enumerate(styles.items()):
    for step, size in enumerate(sizes, 1):
        at = step + (k - 1) * 0.27
        if size[name] > 0:
            ax.bar(at, size[name] - floor, 0.25, floor, color=house.tint(color, 0.4), edgecolor=color,
                   hatch=hatch, label=name if step == 3 else None)
        else:
            ax.text(at, floor * 1.3, "0", color=color, ha="center", weight="bold", fontsize=house.TEXT)
ax.set(yscale="log", ylim=(floor, 30), xlim=(0.5, 3.5), xticks=(1, 2, 3), yticks=(1e-5, 1e-3, 1e-1),
       xlabel="第几步", ylabel="梯度的大小")
ax.legend(loc="upper center", ncols=3, columnspacing=1, handlelength=1.2)
plt.show()
