# /// script
# dependencies = ["torch", "matplotlib"]
# ///
"""加一个隐藏层就能做异或：先用手写的参数，再让它自己学；去掉激活函数又不行了。"""

# %% imports
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.nn import functional as F

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

# %% by_hand
X = torch.tensor([[0., 0], [0, 1],
                  [1, 0], [1, 1]])
W1 = torch.tensor([[1., 1.], [1., 1.]])
b1 = torch.tensor([0., -1.])
w2 = torch.tensor([1., -2.])

h = F.relu(X @ W1.T + b1)    # 折一下
print(h)
print(h @ w2)                # 一条直线

# %% train
def fit(model):
    """Train, then count how many of the four are right."""
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    for _ in range(400):
        z = model(X).squeeze(1)
        loss = F.binary_cross_entropy_with_logits(z, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return int(((model(X).squeeze(1) > 0) == (y > 0)).sum())

# %% compare
torch.manual_seed(0)
y = torch.tensor([0., 1, 1, 0])
bent = nn.Sequential(nn.Linear(2, 4), nn.Tanh(),
                     nn.Linear(4, 1))
flat = nn.Sequential(nn.Linear(2, 4), nn.Linear(4, 1))
bent_right, flat_right = fit(bent), fit(flat)
print("with tanh   ", bent_right, "/ 4")
print("without tanh", flat_right, "/ 4")

# %% boundary
#| label: mlp_xor_boundary
#| fig-alt: 有激活函数的网络划出一条弯的带子，四个点全对；没有激活函数的只有一条直线
fig, axes = house.figure(10.4, 5.0, cols=2)
side = torch.linspace(-0.5, 1.5, 201)
grid = torch.cartesian_prod(side, side)
for ax, model, title in zip(axes, (bent, flat), ("有 tanh", "没有激活函数")):
    with torch.no_grad():
        p = torch.sigmoid(model(grid)).view(201, 201).T
    count = int(((model(X).squeeze(1) > 0) == (y > 0)).sum())
    shades = ax.contourf(side, side, p, levels=torch.linspace(0, 1, 11), cmap="house_diverging")
    ax.contour(side, side, p, levels=[0.5], colors=house.INK, linewidths=house.LINE)
    for x, target in zip(X, y):
        marker, color = ("s", house.ORANGE) if target else ("o", house.BLUE)
        ax.plot(*x, marker=marker, markersize=15, color=color, markeredgecolor=house.PAPER, markeredgewidth=2)
    ax.set(title=f"{title}：{count} / 4", xlabel="$x_1$", ylabel="$x_2$")
    ax.set(xticks=[0, 1], yticks=[0, 1], aspect="equal")
    ax.grid(False)
fig.colorbar(shades, ax=axes, label="$p(y=1)$", ticks=[0, 0.5, 1])
plt.show()

# %% claims
assert (h @ w2).tolist() == y.tolist()
assert bent_right == 4 and flat_right <= 3
