# /// script
# dependencies = ["torch", "matplotlib"]
# ///
"""The KL divergence to the standard normal distribution, three ways."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch.distributions import Normal, kl_divergence

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)

# region kl
mu = torch.tensor(0.5)
var = torch.tensor(0.2).exp()
formula = (mu**2 + var - 1 - var.log()) / 2

q, prior = Normal(mu, var.sqrt()), Normal(0, 1)
library = kl_divergence(q, prior)

z = q.sample((2_000_000,))
gap = q.log_prob(z) - prior.log_prob(z)
counted = gap.mean()
print(f"formula {formula:.4f}")
print(f"torch   {library:.4f}")
print(f"samples {counted:.3f}")
# endregion kl
value = formula.item()
assert abs(formula - library) < 1e-12 and abs(value - 0.1357) < 5e-5 and abs(counted - formula) < 0.005

# %% price
#| label: kl_price
fig, axes = house.figure(5.0, 2.6, cols=2, sharey=True)
shift, width = torch.linspace(-2, 2, 81), torch.linspace(0.1, 2.2, 81)
axes[0].plot(shift, kl_divergence(Normal(shift, 1), prior), color=house.BLUE)
axes[1].plot(width, kl_divergence(Normal(0, width), prior), color=house.ORANGE)
axes[0].set(xlabel=r"$\mu$（$\sigma=1$）", ylabel="KL", ylim=(0, 2))
axes[1].set(xlabel=r"$\sigma$（$\mu=0$）", xticks=(0, 1, 2))
plt.show()
