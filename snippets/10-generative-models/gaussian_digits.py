# /// script
# dependencies = ["torch", "scikit-learn", "matplotlib"]
# ///
"""The simplest generative model: fit a Gaussian to pictures of one digit, and draw from it."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from sklearn.datasets import load_digits

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
digits = load_digits()
images, labels = torch.tensor(digits.data) / 16, torch.tensor(digits.target)

# region fit
threes = images[labels == 3]   # (N, 64)
mean, spread = threes.mean(0), threes.std(0)

torch.manual_seed(0)
noise = torch.randn(6, 64)
apart = mean + spread * noise  # 各抽各的

cov = threes.T.cov()           # (64, 64)
values, axes = torch.linalg.eigh(cov)
root = axes * values.clamp(min=0).sqrt()
joint = mean + noise @ root.T  # 一起抽
# endregion fit
count = len(threes)

# %% rows
#| label: gaussian_digits
fig, grid = plt.subplots(3, 5, figsize=(5.0, 3.0))
fig.subplots_adjust(left=0.22, right=0.995, bottom=0.01, top=0.99, wspace=0.05, hspace=0.05)
for line, (name, rows) in zip(grid, (("真的", threes[:6]), ("各抽各的", apart), ("一起抽", joint))):
    for ax, picture in zip(line, rows):
        ax.imshow(picture.view(8, 8).clamp(0, 1), cmap="house", vmin=0, vmax=1)
        ax.set(xticks=[], yticks=[])
        ax.grid(False)
        ax.spines[:].set(visible=True, color=house.HAIRLINE)
    line[0].set_ylabel(name, rotation=0, ha="right", va="center", labelpad=8)
plt.show()

# %% claims
assert torch.allclose(root @ root.T, threes.T.cov())
many = torch.randn(20000, 64)
assert ((mean + many @ root.T).T.cov() - threes.T.cov()).abs().max() < 0.01
