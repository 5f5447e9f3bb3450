# /// script
# dependencies = ["torch", "scikit-learn", "matplotlib"]
# ///
"""A linear autoencoder trained by gradients reaches the error of PCA."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from sklearn.datasets import load_digits
from torch import nn
from torch.optim import Adam

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

def fit(net, x):
    optimizer = Adam(net.parameters(), lr=1e-2)
    for step in range(400):
        loss = (net(x) - x).pow(2).sum(1).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return loss


torch.manual_seed(0)

# region pca
x = torch.tensor(load_digits().data) / 16
x = x - x.mean(0)            # (1797, 64)

values = torch.linalg.eigvalsh(x.T @ x / len(x))
best = values[:-8].sum()     # 丢掉的方差
print(f"PCA    {best:.3f}")

net = nn.Sequential(
    nn.Linear(64, 8, bias=False),
    nn.Linear(8, 64, bias=False))
loss = fit(net, x)           # 400 步 Adam
print(f"linear {loss:.3f}")
# endregion pca

# %% curve
#| label: pca_error
lost = values.cumsum(0).flip(0)               # with 0, 1, 2... numbers kept
fig, ax = house.figure(5.0, 3.4)
ax.plot(range(33), 100 * lost[:33] / lost[0], color=house.BLUE)
ax.plot(8, 100 * loss.item() / lost[0], "o", color=house.ORANGE, markersize=12)
ax.text(9, 100 * loss.item() / lost[0] + 4, "训练出来的", color=house.ORANGE)
ax.set(xlabel="留几个数", ylabel="丢掉的方差 (%)", ylim=(0, 104))
plt.show()

# %% claims
total = values.sum().item()
kept = 1 - best.item() / total
error, pca_error = loss.item(), best.item()
assert pca_error - 1e-9 < error < 1.02 * pca_error
assert torch.allclose(lost[8], best)
