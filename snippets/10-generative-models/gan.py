# /// script
# dependencies = ["torch", "numpy"]
# ///
"""A small GAN for points in the plane."""

import torch
from torch import nn
from torch.nn.functional import softplus

Z = 8


class Adam(torch.optim.Adam):
    """Rounds the weights after each step: else the last bits of a computer grow to other pictures."""

    @torch.no_grad()
    def step(self, closure=None):
        super().step(closure)
        for group in self.param_groups:
            for weights in group["params"]:
                weights.copy_((weights * 2**30).round() / 2**30)


# region data
def ring(n, generator):
    """圆上 8 个小团，各占八分之一。"""
    angle = torch.randint(8, (n,), generator=generator) * torch.pi / 4
    centre = torch.stack([angle.cos(), angle.sin()], 1)
    return 2 * centre + 0.15 * torch.randn(n, 2, generator=generator)
# endregion data


angle = torch.arange(8, dtype=torch.float64) * torch.pi / 4
centres = 2 * torch.stack([angle.cos(), angle.sin()], 1)


def network(inputs, outputs, hidden=64):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.LeakyReLU(0.2),
                         nn.Linear(hidden, hidden), nn.LeakyReLU(0.2),
                         nn.Linear(hidden, outputs))


def update(optimizer, loss):
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


# region step
def train_D(G, D, real, z, optimizer, penalty):
    real.requires_grad_()
    on_real, on_fake = D(real), D(G(z).detach())
    loss = softplus(-on_real).mean() + softplus(on_fake).mean()
    (slope,) = torch.autograd.grad(
        on_real.sum(), real, create_graph=True)
    r1 = slope.pow(2).sum(1).mean()          # 真样本处要平缓
    update(optimizer, loss + penalty / 2 * r1)

def train_G(G, D, z, optimizer):
    loss = softplus(-D(G(z))).mean()         # 不饱和：-log D
    update(optimizer, loss)
# endregion step
