# /// script
# dependencies = ["torch", "matplotlib"]
# ///
"""Noising step by step, and in one go: the closed form."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

torch.manual_seed(0)
T = 1000
x0, t = 2.0, 300

# region closed
beta = torch.linspace(1e-4, 0.02, T)
abar = (1 - beta).cumprod(0)    # 连乘

x = torch.full((100_000,), x0)
for b in beta[:t]:              # 一步一步
    z = torch.randn_like(x)
    x = (1 - b).sqrt() * x + b.sqrt() * z
print(f"{x.mean():.2f} {x.std():.2f}")

a = abar[t - 1]                 # 一步到位
mean, std = a.sqrt() * x0, (1 - a).sqrt()
print(f"{mean:.2f} {std:.2f}")
# endregion closed

# %% schedule
#| label: noise_schedule
steps = torch.arange(1, T + 1)
f = torch.cos((torch.arange(T + 1) / T + 0.008) / 1.008 * torch.pi / 2) ** 2
cosine = f[1:] / f[0]
fig, (left, right) = house.figure(5.2, 3.1, cols=2)
left.plot(steps, beta, color=house.BLUE, label="线性")
left.plot(steps, (1 - cosine / torch.cat([torch.ones(1), cosine[:-1]])).clamp(max=0.999), color=house.ORANGE,
          linestyle="--", label="余弦")
left.set(title=r"$\beta_t$", xlabel="步 $t$", ylim=(0, 0.042), yticks=(0, 0.02, 0.04), xticks=(0, 500, 1000))
right.plot(steps, abar, color=house.BLUE)
right.plot(steps, cosine, color=house.ORANGE, linestyle="--")
right.set(title=r"$\bar\alpha_t$", xlabel="步 $t$", ylim=(0, 1.02), yticks=(0, 0.5, 1), xticks=(0, 500, 1000))
left.legend(loc="upper left")
plt.show()

# %% claims
last = abar[-1].item()
halfway = abar[T // 2 - 1].item()
halfway_cosine = cosine[T // 2 - 1].item()
assert abs(x.mean() - a.sqrt() * x0) < 0.02 and abs(x.std() - (1 - a).sqrt()) < 0.02
assert last < 1e-4
