# /// script
# dependencies = ["torch", "numpy"]
# ///
"""DCGAN for pictures of 64x64: shapes and parameters; not trained here."""

import torch
from torch import nn

# region generator
def up(i, o, stride=2, padding=1):
    return nn.Sequential(
        nn.ConvTranspose2d(i, o, 4, stride,
                           padding, bias=False),
        nn.BatchNorm2d(o), nn.ReLU())

G = nn.Sequential(
    up(100, 512, stride=1, padding=0),   # 4x4
    up(512, 256),                        # 8x8
    up(256, 128),                        # 16x16
    up(128, 64),                         # 32x32
    nn.ConvTranspose2d(64, 3, 4, 2, 1,
                       bias=False),
    nn.Tanh())                           # 64x64
# endregion generator

# region discriminator
def down(i, o, norm=True):
    return nn.Sequential(
        nn.Conv2d(i, o, 4, 2, 1, bias=False),
        nn.BatchNorm2d(o) if norm else nn.Identity(),
        nn.LeakyReLU(0.2))

D = nn.Sequential(
    down(3, 64, norm=False), down(64, 128),
    down(128, 256), down(256, 512),
    nn.Conv2d(512, 1, 4, bias=False), nn.Flatten())
# endregion discriminator

# region shapes
z = torch.randn(4, 100, 1, 1)
image = G(z)
print(image.shape)
print(D(image).shape)
# endregion shapes

G_parameters, D_parameters = (sum(p.numel() for p in net.parameters()) for net in (G, D))
assert image.shape == (4, 3, 64, 64) and D(image).shape == (4, 1)
assert (G_parameters, D_parameters) == (3576704, 2765568)    # PyTorch's DCGAN example
sizes, x = [], z
for layer in G:
    x = layer(x)
    sizes.append(tuple(x.shape[1:]))
assert sizes[:4] == [(512, 4, 4), (256, 8, 8), (128, 16, 16), (64, 32, 32)]
assert image.abs().max() <= 1
