# /// script
# dependencies = ["torch", "matplotlib"]
# ///
"""二十层 ReLU：权重太小，激活消失；太大，激活爆炸；Kaiming 让它不增不减。"""

# %% imports
import sys
from functools import partial
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.nn import init

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

# %% spread
def spread(fill, act=nn.ReLU, width=256, depth=20):
    """每一层激活的标准差。"""
    torch.manual_seed(0)
    h, stds = torch.randn(512, width), []
    for _ in range(depth):
        layer = nn.Linear(width, width, bias=False)
        fill(layer.weight)
        h = act()(layer(h).detach())
        stds.append(h.std().item())
    return stds

# %% compare
fills = {
    "std 0.01": partial(init.normal_, std=0.01),
    "std 1": partial(init.normal_, std=1.0),
    "Xavier": init.xavier_normal_,
    "Kaiming": partial(init.kaiming_normal_, nonlinearity="relu"),
}
stds = {name: spread(fill) for name, fill in fills.items()}
for name, values in stds.items():
    print(f"{name:9}{values[0]:8.2g} -> {values[-1]:.2g}")

# %% train
def train(net):
    torch.manual_seed(0)
    before = net[0].weight.detach().clone()
    optimizer = torch.optim.Adam(net.parameters(), lr=0.1)
    x = torch.randn(64, 4)
    for _ in range(100):
        loss = (net(x) - x.prod(1, keepdim=True)).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert not torch.allclose(before, net[0].weight)  # it has learnt

# %% symmetric
def start(module):
    if isinstance(module, nn.Linear):
        init.constant_(module.weight, 0.1)
        init.zeros_(module.bias)

net = nn.Sequential(nn.Linear(4, 8),
                    nn.ReLU(),
                    nn.Linear(8, 1))
net.apply(start)      # 对每个子模块
train(net)            # Adam，100 步
rows = net[0].weight.unique(dim=0)
print("different units:", len(rows))

# %% drawing
#| label: initialisation_spread
#| fig-alt: 激活的标准差随层数变化：0.01 迅速消失，1 迅速爆炸，Xavier 慢慢变小，Kaiming 基本不变
fig, ax = house.figure(11.2, 4.9)
styles = ((0, (5, 2)), (0, (5, 2, 1, 2)), (0, (1.5, 1.5)), "-")
colors = (house.BLUE, house.RED, house.PURPLE, house.TEAL)
for (name, values), color, style, marker in zip(stds.items(), colors, styles, "osD^"):
    ax.semilogy(range(1, 21), values, color=color, linestyle=style, marker=marker, markersize=7, label=name)
ax.set(xlabel="层", ylabel="激活的标准差（对数）", xticks=[1, 5, 10, 15, 20], xlim=(0.6, 20.4))
ax.legend(loc="center left", bbox_to_anchor=(1.0, 0.5), fontsize=house.TEXT)
plt.show()

# %% claims
different = len(rows)
kaiming = stds["Kaiming"]
units = net[0].out_features
small, big, kept, faded = (stds[name][-1] for name in ("std 0.01", "std 1", "Kaiming", "Xavier"))
assert different == 1
assert max(kaiming) / min(kaiming) < 3
assert stds["std 0.01"][-1] < 1e-15 and stds["std 1"][-1] > 1e15
xavier_loss = stds["Xavier"][0] / stds["Xavier"][-1]
assert 300 < xavier_loss < 2000  # about sqrt(2) per layer
