# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Number the people anew: a layer on the graph follows, a linear layer on the flattened matrix does not."""

import torch
from torch import nn

from karate import adjacency

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
A = adjacency()

H, W = torch.randn(34, 8), torch.randn(8, 8)
mlp = nn.Linear(34 * 34, 34)

# region relabel
def graph(A):
    return (A @ H @ W).sum(dim=1)
def flat(A):
    return mlp(A.flatten())

new = torch.randperm(34)        # 新编号
A_new = A[new][:, new]
a, b = flat(A)[new], flat(A_new)
print("flat ", torch.allclose(a, b))
a, H = graph(A)[new], H[new]
b = graph(A_new)
print("graph", torch.allclose(a, b))
# endregion relabel
assert torch.allclose(a, b) and not torch.allclose(flat(A)[new], flat(A_new), atol=0.01)
