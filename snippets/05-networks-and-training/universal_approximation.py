# /// script
# dependencies = ["torch", "matplotlib"]
#
# [tool.deckwright.smoke]
# steps = 10
# ///
"""一个隐藏层越宽，拟合越好；同样多的参数，深而窄与浅而宽各试四次。"""

# %% imports
import sys
from pathlib import Path
from statistics import median

import matplotlib.pyplot as plt
import torch
from torch import nn

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

# %% target
x = torch.linspace(-1, 1, 121)[:, None]
y = torch.sin(6 * x) + 0.5 * torch.sin(20 * x)

# %% fit
steps = 400

def mlp(*sizes):
    """Linear layers with tanh between; the bends of the first layer are spread over -1 to 1."""
    layers = []
    for n_in, n_out in zip(sizes, sizes[1:]):
        layers += [nn.Linear(n_in, n_out), nn.Tanh()]
    with torch.no_grad():
        weight = 8 * torch.randn(sizes[1], 1)
        layers[0].weight.copy_(weight)
        layers[0].bias.copy_(-weight[:, 0] * (2 * torch.rand(sizes[1]) - 1))
    return nn.Sequential(*layers[:-1])

def worst_error(net):
    """Train on the whole curve; the largest gap."""
    optimizer = torch.optim.Adam(net.parameters(), lr=0.02)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    for _ in range(steps):
        loss = (net(x) - y).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scheduler.step()
    return (net(x) - y).abs().max().item()

# %% widths
torch.manual_seed(0)
errors, fits = {}, {}
for width in (2, 8, 32, 128):
    net = mlp(1, width, 1)
    errors[width] = worst_error(net)
    fits[width] = net(x).detach()
    print(f"width {width:3}  max error {errors[width]:.2f}")

# %% deep_or_wide
def parameters(net):
    return sum(p.numel() for p in net.parameters())

shapes = {"wide": (1, 69, 1), "deep": (1, 9, 9, 9, 1)}
results = {}
for name, shape in shapes.items():
    results[name] = []
    for seed in range(4):
        torch.manual_seed(seed)
        net = mlp(*shape)
        results[name].append(worst_error(net))
    print(name, parameters(net),
          *[f"{e:.2f}" for e in sorted(results[name])])

# %% drawing
#| label: universal_approximation
#| fig-alt: 宽度 2、8、32、128 的网络拟合同一条曲线，越宽贴得越紧
fig, axes = house.figure(11.6, 4.6, rows=1, cols=4, sharey=True)
for ax, (width, error) in zip(axes, errors.items()):
    ax.plot(x, y, color=house.GREY, linewidth=5, alpha=0.5, label="目标")
    ax.plot(x, fits[width], color=house.ORANGE, label="网络")
    ax.set(title=f"宽度 {width}", xlabel="$x$", ylim=(-2.0, 2.3), xticks=[-1, 0, 1])
    ax.text(0.5, 0.03, f"最大误差 {error:.2f}", transform=ax.transAxes, ha="center", fontsize=house.SMALL)
axes[0].set_ylabel("$y$")
axes[0].legend(loc="upper left", ncols=1, borderpad=0.1, handlelength=1.2)
plt.show()

# %% claims
#| smoke: false
same = parameters(mlp(*shapes["wide"]))
assert same == parameters(mlp(*shapes["deep"])) == 208
values = list(errors.values())
assert values == sorted(values, reverse=True) and values[0] > 1 and values[-1] < 0.3
wide_median, deep_median = median(results["wide"]), median(results["deep"])
