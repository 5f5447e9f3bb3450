# /// script
# dependencies = ["torch", "scikit-learn", "matplotlib"]
# ///
"""小数据上训练太久：训练损失一直降，验证损失先降后升；衰减能压住权重。"""

# %% imports
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from sklearn.datasets import load_digits
from torch import nn
from torch.nn import functional as F

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

# %% data
digits = load_digits()                     # 8×8，scikit-learn 自带
order = torch.randperm(len(digits.target), generator=torch.Generator().manual_seed(0))
images = torch.tensor(digits.data)[order] / 16
labels = torch.tensor(digits.target)[order]
X, y = images[:120], labels[:120].clone()
noisy = torch.arange(0, 120, 6)            # 六个里错标一个
y[noisy] = (y[noisy] + 1) % 10
X_val, y_val = images[120:720], labels[120:720]

# %% train
def run(weight_decay, epochs=150):
    torch.manual_seed(0)
    net = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))
    optimizer = torch.optim.AdamW(net.parameters(), lr=0.01, weight_decay=weight_decay)
    train_losses, val_losses = [], []
    for _ in range(epochs):
        loss = F.cross_entropy(net(X), y)
        train_losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            val_losses.append(F.cross_entropy(net(X_val), y_val).item())
    return net, train_losses, val_losses

decays = (0, 1, 10)
runs = {wd: run(wd) for wd in decays}
_, train_losses, val_losses = runs[0]
best = min(range(len(val_losses)), key=val_losses.__getitem__)
print(f"epoch {best + 1:3}  val {val_losses[best]:.2f}")
print(f"epoch {len(val_losses)}  val {val_losses[-1]:.2f}")

# %% norms
norms = {}
for wd, (net, _, val) in runs.items():
    norms[wd] = sum(p.square().sum() for p in net.parameters()).sqrt().item()
    print(f"decay {wd:<3} norm {norms[wd]:4.1f}  val {val[-1]:.2f}")

# %% epochs
#| label: overfitting_epochs
#| fig-alt: 训练损失一直下降到零附近，验证损失先降后升，最低点用竖线标出
fig, ax = house.figure(5.8, 4.7)
epochs = range(1, len(train_losses) + 1)
ax.plot(epochs, train_losses, color=house.BLUE, label="训练损失")
ax.plot(epochs, val_losses, color=house.RED, linestyle=(0, (5, 2)), label="验证损失")
ax.axvline(best + 1, color=house.INK, linewidth=1.4, linestyle=(0, (2, 2)))
ax.text(best + 4, 1.65, f"第 {best + 1} 轮停", fontsize=house.SMALL)
ax.set(title="随训练的轮数", xlabel="轮数 (epoch)", ylabel="交叉熵", ylim=(0, 2.5), xlim=(1, epochs[-1]))
ax.legend(loc="upper center")
plt.show()

# %% histogram
#| label: weight_decay_shrinkage
#| fig-alt: 三种衰减下第一层权重的直方图，衰减越大，权重越集中在零附近
fig, (left, right) = house.figure(11.4, 4.7, cols=2, width_ratios=[1.5, 1])
edges = torch.linspace(-1.2, 1.2, 61).tolist()
styles = ("-", (0, (5, 2)), (0, (1.5, 1.5)))
for (wd, (net, _, _)), color, style in zip(runs.items(), house.COLORS, styles):
    weights = net[0].weight.detach().flatten()
    left.hist(weights, edges, histtype="step", color=color, linestyle=style, linewidth=2.4, label=f"{wd}")
left.set(title="第一层的权重", xlabel="权重", ylabel="个数", yscale="log")
left.legend(title="weight_decay", title_fontsize=house.SMALL, loc="upper left", borderpad=0)
left.set(ylim=(0.7, 9000), xlim=(-1.25, 1.25))
right.bar([str(wd) for wd in norms], list(norms.values()), 0.55, color=house.tint(house.BLUE, 0.4),
          edgecolor=house.BLUE)
for place, value in enumerate(norms.values()):
    right.text(place, value + 0.5, f"{value:.1f}", ha="center", fontsize=house.TEXT)
right.set(title="全部参数的范数", xlabel="weight_decay", ylabel=r"$\Vert w\Vert$", ylim=(0, 26))
right.grid(axis="x", visible=False)
plt.show()

# %% claims
assert val_losses[-1] > 1.15 * val_losses[best] and train_losses[-1] < 0.1
assert norms[0] > norms[1] > norms[10]
val_none, val_one, val_ten = (runs[wd][2][-1] for wd in decays)
val_best, best_epoch = val_losses[best], best + 1
