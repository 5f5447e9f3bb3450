# /// script
# dependencies = ["torch", "matplotlib"]
# ///
"""两个线性层合成一个；中间弯一下，就没有任何一个线性层能代替。"""

# %% imports
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch import nn

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

# %% best_line
torch.manual_seed(1)
f, g = nn.Linear(2, 8), nn.Linear(8, 2)
x = torch.randn(500, 2)
A = torch.cat([x, torch.ones(500, 1)], dim=1)

@torch.no_grad()
def residual(y):
    """最好的一个线性层，还差多少？"""
    best = torch.linalg.lstsq(A, y).solution
    return (A @ best - y).square().mean().sqrt().item()

print(f"g(f(x))       {residual(g(f(x))):.4f}")
print(f"g(relu(f(x))) {residual(g(f(x).relu())):.4f}")

# %% drawing
#| label: linear_collapse
#| fig-alt: 一张网格经过两个线性层仍是平行四边形的网格；中间加上 ReLU，网格被折弯
W1 = torch.tensor([[1., 0.], [0., 1.], [1., 0.3], [-1., -0.3]])
b1 = torch.tensor([3., 3., 0., 0.])
W2 = torch.tensor([[0.9, 0.2, 0.2, -0.5], [-0.1, 0.9, 0.4, 1.3]])
b2 = -W2[:, :2] @ b1[:2] + torch.tensor([0., -0.5])
lines = []
for t in torch.linspace(-1, 1, 9):
    s = torch.linspace(-1, 1, 161)
    lines += [(torch.stack([s, t.expand(161)], 1), house.BLUE, "-"),
              (torch.stack([t.expand(161), s], 1), house.ORANGE, (0, (4, 1.5)))]
maps = {
    "输入 $x$": lambda x: x,
    "两个线性层：还是直的": lambda x: (x @ W1.T + b1) @ W2.T + b2,
    "中间有 ReLU：折弯了": lambda x: torch.relu(x @ W1.T + b1) @ W2.T + b2,
}
fig, axes = house.figure(11.6, 4.5, cols=3)
for ax, (title, map_) in zip(axes, maps.items()):
    for points, color, style in lines:
        ax.plot(*map_(points).T, color=color, linewidth=1.6, linestyle=style)
    ax.set(title=title, aspect="equal", xlabel="第 1 维", ylabel="第 2 维")
    ax.set(xlim=(-2.2, 2.2), ylim=(-2.2, 2.2), xticks=[-2, 0, 2], yticks=[-2, 0, 2])
    ax.grid(False)
plt.show()

# %% claims
straight, bent = residual(g(f(x))), residual(g(f(x).relu()))
one = g.weight @ f.weight, g.weight @ f.bias + g.bias
assert torch.allclose(g(f(x)), x @ one[0].T + one[1])
assert straight < 1e-12 and bent > 0.01
