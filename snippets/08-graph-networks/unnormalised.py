# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Sums over neighbours grow without bound; the normalised ones do not."""

import torch

from gcn import gcn_dense
from karate import adjacency, edge_index

torch.set_default_dtype(torch.float64)
A, S = adjacency(), gcn_dense(edge_index, 34)

# region grow
h = s = torch.ones(34)
for layer in range(1, 7):
    h, s = A @ h, S @ s
    print(f"{layer} sum {h.max():7.0f}"
          f"  normalised {s.max():.2f}")
# endregion grow
largest = torch.linalg.eigvalsh(A)[-1].item()
exploded, kept = h.max().item(), s.max().item()
assert h.max() > 1e5 and s.max() < 2.5 and 6.7 < largest < 6.8
