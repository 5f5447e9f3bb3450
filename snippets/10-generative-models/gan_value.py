# /// script
# dependencies = ["torch", "matplotlib"]
# ///
"""The value of the game: the best discriminator by grid search, and the value at equilibrium."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch.distributions import Normal

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
x = torch.linspace(-12, 12, 4801)
dx = x[1] - x[0]


def density(m):
    return Normal(m, 1.0).log_prob(x).exp()


# region best
p, q = density(0), density(2)  # 真的，假的
D = torch.linspace(0.001, 0.999, 999)[:, None]

value = p * D.log() + q * (1 - D).log()
best = D[value.argmax(0), 0]  # 逐个 x 找最大
theory = p / (p + q)
# endregion best
near = (x > -1) & (x < 3)
gap = (best - theory)[near].abs().max()
assert gap < 0.0006


# region equilibrium
def V(p, q):     # D 已是最好
    real, fake = p / (p + q), q / (p + q)
    inside = p * real.log() + q * fake.log()
    return (inside * dx).sum().item()

for m in (6, 2, 0):
    print(m, f"{V(density(0), density(m)):.4f}")
print(f"-ln 4 = {-torch.tensor(4.0).log():.4f}")
# endregion equilibrium

# %% curve
#| label: value_curve
shifts = torch.linspace(0, 7, 71)
curve = [V(density(0), density(m)) for m in shifts]
fig, ax = house.figure(5.0, 3.2)
ax.plot(shifts, curve, color=house.BLUE)
ax.axhline(0, color=house.GREY, linewidth=house.THIN)
ax.plot(0, curve[0], "o", color=house.ORANGE, markersize=11)
ax.text(0.35, curve[0] - 0.02, r"$-\ln 4$", color=house.ORANGE, va="center")
ax.text(5.4, -0.2, "太远：平的", color=house.MUTED, ha="center", fontsize=house.SMALL)
ax.set(xlabel="假分布离真分布多远", ylabel="最好的 $D$ 得到的 $V$", ylim=(-1.55, 0.12))
plt.show()

# %% claims
equilibrium = V(p, p)
far = V(p, density(6))
# V = 2 JSD(p, q) - ln 4, with the divergence computed on its own
middle = (p + q) / 2
jsd = 0.5 * (((p / middle).log() * p + (q / middle).log() * q) * dx).sum()
assert abs(V(p, q) - (2 * jsd - torch.tensor(4.0).log())) < 1e-9
assert abs(equilibrium + torch.tensor(4.0).log()) < 1e-6 and torch.tensor(curve).diff().min() > 0
