# /// script
# dependencies = ["torch", "torchvision", "scikit-learn", "matplotlib"]
# ///
"""训练一个小卷积网络认数字；再看它的核和特征图。"""

# %% imports
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch.nn.functional import cross_entropy
from torch.optim import Adam

root = Path(__file__).resolve().parents[2]
sys.path += [str(root / "figures"), str(root / "snippets" / "shared")]
import house
from data import load_split
from simple_cnn import SimpleCNN

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)  # 这么小的网络，一个核更快
train_set, _, test_set, source = load_split()
X, y = (torch.stack([a for a, _ in train_set]), torch.tensor([b for _, b in train_set]))
X_test, y_test = (torch.stack([a for a, _ in test_set]), torch.tensor([b for _, b in test_set]))

# %% train
torch.manual_seed(0)
net = SimpleCNN(8, 16)
optimizer = Adam(net.parameters(), lr=2e-3)
for epoch in range(1, 5):
    for i in torch.randperm(len(X)).split(32):
        loss = cross_entropy(net(X[i]), y[i])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        guess = net(X_test).argmax(1)
    right = (guess == y_test).double().mean()
    print(f"第 {epoch} 轮 {right:.1%}")

# %% filters
#| label: filters
#| fig-alt: 第一层学到的八个 3×3 的核，蓝色为负，橙色为正
kernels = net.features[0].weight.detach()[:, 0]
fig, axes = house.figure(5.0, 2.45, rows=2, cols=4)
limit = kernels.abs().max()
for number, (ax, kernel) in enumerate(zip(axes.flat, kernels)):
    ax.imshow(kernel, cmap="house_diverging", vmin=-limit, vmax=limit)
    ax.set(xticks=[], yticks=[])
    ax.set_title(f"核 {number}", fontsize=house.SMALL, pad=3, weight="normal")
    ax.grid(False)
    ax.spines[:].set_visible(False)
plt.show()

# %% feature_maps
#| label: feature_maps
#| fig-alt: 一个数字经过网络：输入、第一层的八张特征图、第二层的十六张特征图
chosen = int((y_test == 4).nonzero()[0])
with torch.no_grad():
    first = net.features[:3](X_test[chosen][None])[0]
    second = net.features(X_test[chosen][None])[0]
fig = plt.figure(figsize=(11.4, 4.7), layout="constrained")
parts = fig.subfigures(1, 5, width_ratios=[1, 0.06, 1.75, 0.06, 1.75])[[0, 2, 4]]


def show(ax, picture):
    """一张图，不要坐标轴。"""
    ax.imshow(picture, cmap="house")
    ax.set(xticks=[], yticks=[])
    ax.grid(False)
    ax.spines[:].set(visible=True, color=house.HAIRLINE)


for part, maps, rows, cols, title in (
    (parts[0], X_test[chosen], 1, 1, "输入 28×28"),
    (parts[1], first, 3, 3, f"第一层：{len(first)} 张 14×14"),
    (parts[2], second, 4, 4, f"第二层：{len(second)} 张 7×7"),
):
    part.suptitle(title, fontsize=house.TEXT, color=house.INK)
    axes = part.subplots(rows, cols, squeeze=False)
    for ax in axes.flat[len(maps) :]:
        ax.axis("off")
    for ax, picture in zip(axes.flat, maps):
        show(ax, picture)
plt.show()

# %% claims
parameters = sum(p.numel() for p in net.parameters())
train_size, test_size = len(X), len(X_test)
silent = int((second.amax((1, 2)) == 0).sum())
accuracy = float(right)
assert accuracy > 0.95
