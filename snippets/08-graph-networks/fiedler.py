# /// script
# dependencies = ["torch", "numpy"]
# ///
"""The second eigenvector of the Laplacian cuts the karate club where it broke."""

import torch

from karate import adjacency, club
from laplacian import laplacian

torch.set_default_dtype(torch.float64)

# region cut
L = laplacian(adjacency())
lam, U = torch.linalg.eigh(L)
second = U[:, 1]
side = (second * second[33] > 0).long()
print(f"eigenvalue {lam[1]:.3f}")
right = int((side == club).sum())
print(right, "of 34")
# endregion cut
agreed = int((side == club).sum())
value = lam[1].item()
odd = (side != club).nonzero()[:, 0].tolist()
assert agreed >= 30 and 0.46 < value < 0.48
