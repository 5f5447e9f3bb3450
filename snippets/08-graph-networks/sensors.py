# /// script
# dependencies = ["torch", "numpy"]
# ///
"""A hundred and fifty thermometers on a map that a script makes: near ones are linked, each is noisy."""

import torch

torch.set_default_dtype(torch.float64)
data = torch.Generator().manual_seed(4)
n = 150
places = torch.rand(n, 2, generator=data)
distance = torch.cdist(places, places)
A = ((distance < 0.16) & (distance > 0)).double()
truth = 15 + 8 * torch.sin(2.5 * places[:, 0]) * torch.cos(2.5 * places[:, 1])
noisy = truth + 2 * torch.randn(n, generator=data)
L = torch.diag(A.sum(1)) - A
links = int(A.sum()) // 2
assert (torch.linalg.eigvalsh(L) < 1e-9).sum() == 1
