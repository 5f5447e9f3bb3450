# /// script
# dependencies = ["torch", "matplotlib"]
# ///
"""A mini-batch's gradient is right on average, and its variance falls as 1/B."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

# %% data
torch.manual_seed(0)
N = 256
x, y = torch.randn(N, 5), torch.randn(N)
w = torch.randn(5)

def gradient(batch):                     # 均方误差对 w 的梯度
    error = x[batch] @ w - y[batch]
    return 2 * error @ x[batch] / len(batch)

# %% average
full = gradient(torch.arange(N))
singles = torch.stack([gradient(torch.tensor([i])) for i in range(N)])
batches = torch.randperm(N).split(32)
minis = torch.stack([gradient(batch) for batch in batches])

print(torch.allclose(singles.mean(0), full))
print(torch.allclose(minis.mean(0), full))
print(f"一个样本：平均偏离 {(singles - full).norm(dim=1).mean():.1f}")
print(f"32 个样本：平均偏离 {(minis - full).norm(dim=1).mean():.1f}")
# %% variance
assert (singles.mean(0) - full).abs().max() < 1e-6
assert (minis.mean(0) - full).abs().max() < 1e-6
spread = (singles - full).square().sum(1).mean().item()      # the variance of one sample's gradient
sizes = [1, 2, 4, 8, 16, 32, 64, 128]
draws = 4000
independent, distinct = [], []
for B in sizes:
    picks = torch.randint(N, (draws, B))
    independent.append((singles[picks].mean(1) - full).square().sum(1).mean().item())
    picks = torch.rand(draws, N).argsort(1)[:, :B]
    distinct.append((singles[picks].mean(1) - full).square().sum(1).mean().item())
for B, a, b in zip(sizes, independent, distinct):
    assert abs(a * B / spread - 1) < 0.1
    assert abs(b * B / spread * (N - 1) / (N - B) - 1) < 0.1
quarter = independent[4] / independent[6]                    # from 16 to 64 samples

# %% curve
#| label: gradient_variance
fig, ax = house.figure(5.6, 4.6)
B = torch.linspace(1, 256, 1000)
ax.plot(B, spread / B, color=house.GREY, linewidth=1.8, label=r"$\sigma^2/B$")
ax.plot(B, spread / B * (N - B) / (N - 1), color=house.GREY, linewidth=1.8, linestyle="--",
        label=r"$\sigma^2(N-B)\,/\,B(N-1)$")
ax.plot(sizes, independent, "o", color=house.BLUE, markersize=10, label="有放回（实测）")
ax.plot(sizes, distinct, "s", color=house.ORANGE, markersize=8, label="无放回（实测）")
ax.set(xscale="log", yscale="log", xlabel="批次大小 $B$", ylabel="梯度的方差",
       ylim=(spread / 600, spread * 2))
ax.set_xticks(sizes, [str(B) for B in sizes])
ax.minorticks_off()
ax.legend(loc="lower left")
plt.show()
