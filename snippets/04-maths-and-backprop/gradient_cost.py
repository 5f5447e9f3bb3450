# /// script
# dependencies = ["torch", "matplotlib"]
# ///
"""What a gradient costs: differences and forward mode pay per parameter, backpropagation once."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

# %% count
model = nn.Sequential(
    nn.Linear(784, 256), nn.ReLU(),
    nn.Linear(256, 256), nn.ReLU(),
    nn.Linear(256, 10))
x = torch.randn(64, 784)
with FlopCounterMode(display=False) as forward:
    loss = model(x).logsumexp(1).mean()
with FlopCounterMode(display=False) as backward:
    loss.backward()
P = sum(p.numel() for p in model.parameters())
F = forward.get_total_flops()
ratio = backward.get_total_flops() / F
print(f"参数 P = {P:,}")
print(f"差分：P + 1 = {P + 1:,} 次前向")
print(f"反向传播：1 + {ratio:.2f} 次前向")
# %% claims
assert F == 2 * 64 * (784 * 256 + 256 * 256 + 256 * 10)
assert 1 < ratio <= 2          # twice the forward pass, less what nobody asks for: the gradient of x
assert P == 784 * 256 + 256 + 256 * 256 + 256 + 256 * 10 + 10
times_cheaper = (P + 1) / (1 + ratio)

# %% bars
#| label: gradient_cost
fig, ax = house.figure(11, 4.3)
rows = [("反向传播", 1 + ratio, house.TEAL),
        ("前向模式", 2 * P, house.ORANGE), ("单侧差分", P + 1, house.BLUE)]
for i, (name, cost, color) in enumerate(rows):
    ax.barh(i, cost, color=house.tint(color, 0.35), edgecolor=color, height=0.6, hatch=("", "//", "")[i])
    ax.text(cost * 1.2, i, f"{cost:,.1f}" if cost < 10 else f"{cost:,}", va="center", fontsize=house.TITLE)
ax.set_yticks(range(3), [name for name, _, _ in rows], fontsize=house.TITLE, color=house.INK)
ax.set(xscale="log", xlim=(1, 3e7), xlabel="求全部梯度的代价（等于几次前向）")
ax.grid(axis="y", visible=False)
plt.show()
