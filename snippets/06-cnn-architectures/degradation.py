# /// script
# dependencies = ["torch", "scikit-learn", "matplotlib"]
#
# [tool.deckwright.smoke]
# epochs = 1
# ///
"""同样深、同样的种子和步数：32 层的普通网络学不动，残差网络学得动。"""

# %% imports
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from sklearn.datasets import load_digits
from torch import nn
from torch.nn.functional import cross_entropy

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)  # 这么小的网络，一个核更快
epochs = 6
digits = load_digits()
images = torch.tensor(digits.images)[:500, None] / 8 - 1
labels = torch.tensor(digits.target)[:500]


# %% net
class Block(nn.Module):
    def __init__(self, residual):
        super().__init__()
        self.residual = residual
        self.F = nn.Sequential(
            nn.Conv2d(8, 8, 3, padding=1), nn.ReLU(),
            nn.Conv2d(8, 8, 3, padding=1))

    def forward(self, x):
        y = self.F(x)
        return torch.relu(y + x if self.residual else y)


def network(depth, residual):
    return nn.Sequential(
        nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        *(Block(residual) for _ in range((depth - 2) // 2)),
        nn.Flatten(), nn.Linear(128, 10))


# %% train
def train(depth, residual):
    """每轮的平均训练损失。He 初始化；残差分支的最后一层从 0 开始，于是每块一开始是恒等映射。"""
    torch.manual_seed(0)
    model = network(depth, residual)
    for m in model.modules():
        if isinstance(m, nn.Conv2d):
            nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")
            nn.init.zeros_(m.bias)
    if residual:
        for m in model.modules():
            if isinstance(m, Block):
                nn.init.zeros_(m.F[2].weight)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.02, momentum=0.9)
    losses = []
    for epoch in range(epochs):
        total = 0.0
        for batch in torch.randperm(len(images)).split(50):
            loss = cross_entropy(model(images[batch]), labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch) / len(images)
        losses.append(total)
    return losses


curves = {}
for depth in (8, 32):
    for skip in (False, True):
        curves[depth, skip] = train(depth, skip)
        name = "残差" if skip else "普通"
        print(f"{name} {depth:2} 层：{curves[depth, skip][-1]:.2f}")

# %% curves
#| label: degradation
#| fig-alt: 四条训练损失曲线：32 层的普通网络一直停在 2.3 附近，8 层的普通网络和两个残差网络都降下来
fig, ax = house.figure(11.2, 4.6)
style = {(8, False): (house.GREY, "--", "o"), (32, False): (house.RED, "-", "o"),
         (8, True): (house.BLUE, "--", "s"), (32, True): (house.TEAL, "-", "s")}
for (depth, skip), losses in curves.items():
    color, line, marker = style[depth, skip]
    ax.plot(range(1, len(losses) + 1), losses, color=color, linestyle=line, marker=marker,
            label=f"{'残差' if skip else '普通'} {depth} 层")
chance = torch.log(torch.tensor(10.0)).item()
ax.axhline(chance, color=house.MUTED, linestyle=":", linewidth=house.EDGE)
ax.text(3.6, chance + 0.06, "随机猜：ln 10", color=house.MUTED, fontsize=house.SMALL, va="bottom")
ax.set(xlabel="轮数 (epoch)", ylabel="训练损失", ylim=(0, 2.7))
ax.legend(loc="center left", bbox_to_anchor=(1, 0.5), fontsize=house.TEXT)
plt.show()

# %% claims
#| smoke: false
plain, residual = curves[32, False][-1], curves[32, True][-1]
shallow = curves[8, False][-1]
samples = len(images)
assert plain > 2 > shallow > residual
