# /// script
# dependencies = ["torch"]
# ///
"""Gradients through a sample: none with sample, the right one with mu + sigma * eps."""

import torch
from torch.distributions import Normal

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)

# region gradient
mu = torch.tensor(1.5, requires_grad=True)
sigma = torch.tensor(0.5, requires_grad=True)

z = Normal(mu, sigma).sample((200_000,))
print("sample ", z.requires_grad)

eps = torch.randn(200_000)
z = mu + sigma * eps              # 随机的只有 eps
z.pow(2).mean().backward()
print(f"d/dmu    {mu.grad:.2f}")  # 2 mu
print(f"d/dsigma {sigma.grad:.2f}")  # 2 sigma
# endregion gradient
again = Normal(mu, sigma).rsample((5,))
print("rsample", again.requires_grad)

# %% claims
by_mu, by_sigma = mu.grad.item(), sigma.grad.item()
assert again.requires_grad
assert abs(by_mu - 2 * mu.item()) < 0.02 and abs(by_sigma - 2 * sigma.item()) < 0.02
