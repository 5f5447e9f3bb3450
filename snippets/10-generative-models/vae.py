# /// script
# dependencies = ["torch", "numpy"]
# ///
"""An autoencoder and a VAE for pictures of 8x8 pixels."""

import math

import torch
from torch import nn

STD = 0.3      # of a pixel, given z


class Autoencoder(nn.Module):
    """64 到 2 再到 64。"""

    def __init__(self, hidden=128, codes=2):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(64, hidden), nn.SiLU(),
                                     nn.Linear(hidden, hidden), nn.SiLU(), nn.Linear(hidden, codes))
        self.decoder = nn.Sequential(nn.Linear(2, hidden), nn.SiLU(),
                                     nn.Linear(hidden, hidden), nn.SiLU(),
                                     nn.Linear(hidden, 64), nn.Sigmoid())

    def loss(self, x):
        return (self.decoder(self.encoder(x)) - x).pow(2).sum(1).mean()


# region vae
class VAE(Autoencoder):
    def __init__(self):
        super().__init__(codes=4)            # 2 个均值，2 个 log σ²

    def elbo(self, x):
        mu, logvar = self.encoder(x).chunk(2, dim=1)
        eps = torch.randn_like(mu)
        z = mu + (logvar / 2).exp() * eps    # 重参数化

        error = (x - self.decoder(z)).pow(2).sum(1)
        log_p = -error / (2 * STD**2) - 64 * LOG_NORM
        kl = (mu**2 + logvar.exp() - 1 - logvar).sum(1) / 2
        return (log_p - kl).mean()

    def loss(self, x):
        return -self.elbo(x)                 # 求最大，所以取负
# endregion vae

LOG_NORM = math.log(STD * math.sqrt(2 * math.pi))
