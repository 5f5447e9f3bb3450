# /// script
# dependencies = ["torch", "matplotlib"]
#
# [tool.deckwright.smoke]
# steps = 20
# ///
"""A discriminator trained on samples finds p / (p + q) by itself."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.distributions import Normal
from torch.nn.functional import binary_cross_entropy_with_logits as bce

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

# %% train
torch.manual_seed(0)
D = nn.Sequential(nn.Linear(1, 32), nn.Tanh(),
                  nn.Linear(32, 32), nn.Tanh(),
                  nn.Linear(32, 1))
optimizer = torch.optim.Adam(D.parameters(), lr=5e-3)
steps = 600
for step in range(steps):
    real = torch.randn(256, 1)            # p：N(0, 1)
    fake = 2 + 0.6 * torch.randn(256, 1)  # q：N(2, 0.36)
    loss = (bce(D(real), torch.ones(256, 1))
            + bce(D(fake), torch.zeros(256, 1)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

# %% compare
x = torch.linspace(-2, 3.6, 113)[:, None]
p, q = Normal(0, 1.0).log_prob(x).exp(), Normal(2, 0.6).log_prob(x).exp()
theory = p / (p + q)
with torch.no_grad():
    learnt = D(x).sigmoid()
gap = (learnt - theory).abs().mean().item()

# %% figure
#| label: trained_discriminator
fig, ax = house.figure(5.0, 3.6)
ax.fill_between(x[:, 0], p[:, 0], color=house.tint(house.BLUE, 0.75))
ax.fill_between(x[:, 0], q[:, 0], color=house.tint(house.ORANGE, 0.7), alpha=0.8, hatch="//",
                edgecolor=house.ORANGE, linewidth=0)
ax.plot(x, theory, color=house.INK, label=r"$p/(p+q)$")
ax.plot(x[::5], learnt[::5], "o", color=house.TEAL, label="训练出的 $D$")
ax.text(-0.4, 0.12, "真的 $p$", color=house.BLUE, ha="center", fontsize=house.SMALL)
ax.text(2.1, 0.26, "假的 $q$", color=house.INK, ha="center", fontsize=house.SMALL,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 2, "alpha": 0.85})
ax.set(xlabel="$x$", ylabel="密度，判为真的概率", ylim=(0, 1.04), xlim=(-2, 3.6))
ax.legend(loc="upper right", bbox_to_anchor=(1.04, 1.02))
plt.show()

# %% claims
#| smoke: false
assert gap < 0.05
