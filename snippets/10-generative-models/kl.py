# /// script
# dependencies = ["torch"]
# ///
"""The KL divergence to the standard normal distribution, three ways."""

import torch
from torch.distributions import Normal, kl_divergence

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
