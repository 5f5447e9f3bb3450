# /// script
# dependencies = ["torch", "matplotlib"]
# [tool.deckwright.vary]
# noise = [0.3, 0.5, 0.7, 1.0]
# ///
"""The ELBO is a lower bound of log p(x), and touches it where q is the posterior."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch.distributions import Normal, kl_divergence

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

prior = Normal(0.0, 1.0)
x = torch.tensor(1.5)
noise = 0.5
const = Normal(0.0, noise).log_prob(torch.tensor(0.0))
total = (1 + noise**2) ** 0.5
evidence = Normal(0, total).log_prob(x)


# region bound
# x = 1.5；z ~ N(0,1)，x = z + noise × 噪声
def elbo(m, s):      # q = N(m, s²)
    error = (x - m) ** 2 + s**2  # E(x-z)²
    log_p = const - error / (2 * noise**2)
    kl = kl_divergence(Normal(m, s), prior)
    return log_p - kl

var = 1 / (1 + 1 / noise**2)     # 真的后验
mean = var * x / noise**2
print(f"log p(x)  {evidence:.4f}")
print(f"posterior {elbo(mean, var**0.5):.4f}")
print(f"other q   {elbo(0.5, 0.6):.4f}")
# endregion bound

# %% curve
#| label: elbo_bound
m = torch.linspace(-0.2, 2.6, 141)
fig, ax = house.figure(5.0, 2.95)
ax.axhline(evidence, color=house.INK, linestyle=":", label=r"$\log p(x)$")
ax.plot(m, elbo(m, torch.full_like(m, var**0.5)), color=house.TEAL, label="$q$ 的宽度正好")
ax.plot(m, elbo(m, torch.full_like(m, 0.8)), color=house.ORANGE, linestyle="--", label="$q$ 太宽")
ax.plot(mean, evidence, "o", color=house.TEAL, markersize=11)
ax.text(mean, evidence + 0.15, "后验", color=house.TEAL, ha="center", va="bottom", fontsize=house.SMALL)
ax.set(xlabel="$q$ 的均值", ylabel="ELBO", ylim=(-6.2, -0.8))
ax.legend(loc="lower center")
plt.show()

# %% claims
assert torch.allclose(elbo(mean, var**0.5), evidence)
for centre in m:
    for width in (0.1, 0.3, var**0.5, 0.8, 1.5):
        assert elbo(centre, width) <= evidence + 1e-12
gap = evidence - elbo(0.5, 0.6)
assert torch.allclose(gap, kl_divergence(Normal(0.5, 0.6), Normal(mean, torch.tensor(var**0.5))))
