# /// script
# dependencies = ["torch", "scikit-learn"]
# ///
"""A linear autoencoder trained by gradients reaches the error of PCA."""

import torch
from sklearn.datasets import load_digits
from torch import nn
from torch.optim import Adam

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

# region pca
x = torch.tensor(load_digits().data) / 16
x = x - x.mean(0)            # (1797, 64)

values = torch.linalg.eigvalsh(x.T @ x / len(x))
best = values[:-8].sum()     # 丢掉的方差
print(f"PCA    {best:.3f}")

torch.manual_seed(0)
net = nn.Sequential(
    nn.Linear(64, 8, bias=False),
    nn.Linear(8, 64, bias=False))
optimizer = Adam(net.parameters(), lr=1e-2)
for step in range(400):
    loss = (net(x) - x).pow(2).sum(1).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print(f"linear {loss:.3f}")
# endregion pca

total = values.sum().item()
kept = 1 - best.item() / total
error, pca_error = loss.item(), best.item()
assert pca_error - 1e-9 < error < 1.02 * pca_error
