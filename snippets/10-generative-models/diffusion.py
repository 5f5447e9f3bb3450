# /// script
# dependencies = ["torch", "numpy"]
# ///
"""DDPM and flow matching for points in the plane: a network of x and t, losses, samplers."""

import torch
from torch import nn

T = 1000
beta = torch.linspace(1e-4, 0.02, T, dtype=torch.float64)
abar = (1 - beta).cumprod(0)


def moons(n, generator):
    """两弯月牙上的点，均值约 0。"""
    angle = torch.pi * torch.rand(n, generator=generator)
    upper = torch.rand(n, generator=generator) < 0.5
    x = torch.where(upper, angle.cos(), 1 - angle.cos()) - 0.5
    y = torch.where(upper, angle.sin(), 0.5 - angle.sin()) - 0.25
    points = 1.3 * torch.stack([x, 1.3 * y], 1)
    return points + 0.05 * torch.randn(n, 2, generator=generator)


# region net
class Net(nn.Module):
    """x (N, 2)，t (N,) 在 0 与 1 之间；输出与 x 同形。"""
    def __init__(self, hidden=64):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(10 + 8, hidden), nn.SiLU(),
            nn.Linear(hidden, hidden), nn.SiLU(),
            nn.Linear(hidden, hidden), nn.SiLU(),
            nn.Linear(hidden, 2))

    def forward(self, x, t):
        angle = t[:, None] * torch.pi * torch.tensor([0.5, 1, 2, 4])
        waves = [w for k in (2, 4) for w in ((k * x).sin(), (k * x).cos())]
        x = torch.cat([x, *waves, angle.sin(), angle.cos()], 1)
        return self.layers(x)
# endregion net


# region ddpm_loss
def ddpm_loss(net, x0):
    t = torch.randint(T, (len(x0),))  # 各抽 t
    a = abar[t][:, None]
    eps = torch.randn_like(x0)
    x = a.sqrt() * x0 + (1 - a).sqrt() * eps
    return (net(x, t / T) - eps).pow(2).mean()
# endregion ddpm_loss


# region ddpm_sample
@torch.no_grad()
def ddpm_sample(predict, x):
    for t in reversed(range(T)):
        eps = predict(x, t)
        a = 1 - beta[t]
        step = beta[t] / (1 - abar[t]).sqrt()
        x = (x - step * eps) / a.sqrt()
        if t > 0:              # 最后一步不加
            noise = torch.randn_like(x)
            x = x + beta[t].sqrt() * noise
    return x
# endregion ddpm_sample


@torch.no_grad()
def respaced(net, x, calls, eta, keep=()):
    """DDPM's steps (eta 1) or DDIM's (eta 0) at ``calls`` of the 1000 times; the states at ``keep`` calls."""
    times = torch.linspace(T - 1, 0, calls).round().long()
    states = {}
    for k, t in enumerate(times):
        if k in keep:
            states[k] = x.clone()
        now = abar[t]
        before = abar[times[k + 1]] if k + 1 < calls else torch.tensor(1.0)
        eps = net(x, torch.full((len(x),), t / T))
        x0 = (x - (1 - now).sqrt() * eps) / now.sqrt()
        spread = eta * ((1 - before) / (1 - now) * (1 - now / before)).sqrt()
        x = before.sqrt() * x0 + (1 - before - spread**2).clamp(min=0).sqrt() * eps
        x = x + spread * torch.randn_like(x)
    return (x, states) if keep else x


# region flow_loss
def flow_loss(net, x1):
    t = torch.rand(len(x1))
    x0 = torch.randn_like(x1)                  # 噪声
    xt = (1 - t[:, None]) * x0 + t[:, None] * x1
    return (net(xt, t) - (x1 - x0)).pow(2).mean()
# endregion flow_loss


# region flow_sample
@torch.no_grad()
def flow_sample(net, x, calls):
    for k in range(calls):                     # 欧拉法
        t = torch.full((len(x),), k / calls)
        x = x + net(x, t) / calls
    return x
# endregion flow_sample
