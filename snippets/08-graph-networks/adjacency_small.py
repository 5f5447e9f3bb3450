# /// script
# dependencies = ["torch", "numpy"]
# ///
"""The graph of five nodes that this lecture computes by hand: a triangle with a tail."""

import torch

EDGES = [(0, 1), (0, 2), (1, 2), (2, 3), (3, 4)]
A = torch.zeros(5, 5, dtype=torch.float64)
for i, j in EDGES:
    A[i, j] = A[j, i] = 1
both = torch.tensor(EDGES).T
edge_index = torch.cat([both, both.flip(0)], dim=1)
