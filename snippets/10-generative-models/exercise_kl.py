# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Exercise 1: the KL divergence of two normal distributions, in closed form."""

import torch
from torch.distributions import Normal, kl_divergence

torch.set_default_dtype(torch.float64)


# region task
def kl(mu1, s1, mu2, s2):
    """N(mu1, s1²) 对 N(mu2, s2²) 的 KL 散度，逐元素。

    不许用 torch.distributions。
    """
    # BEGIN SOLUTION
    return (s2 / s1).log() + (s1**2 + (mu1 - mu2) ** 2) / (2 * s2**2) - 0.5
    # END SOLUTION
# endregion task


# region test
torch.manual_seed(0)
mu1, mu2 = torch.randn(2, 5)
s1, s2 = 0.5 + torch.rand(2, 5)
wanted = kl_divergence(Normal(mu1, s1), Normal(mu2, s2))
assert torch.allclose(kl(mu1, s1, mu2, s2), wanted)
assert torch.allclose(kl(mu1, s1, mu1, s1), torch.zeros(5))
print("通过")
# endregion test
