# /// script
# dependencies = ["torch", "numpy"]
# ///
"""GCN is the first order of ChebNet, and then one thing more: the renormalisation."""

import torch

from cheb import chebyshev
from gcn import gcn_dense
from karate import adjacency, edge_index
from laplacian import laplacian_sym

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)

A = adjacency()

# region first
eye, L = torch.eye(34), laplacian_sym(A)
X, theta = torch.randn(34, 8), 0.7

# K = 1；取 λ_max = 2；θ_0 = θ，θ_1 = -θ
T = chebyshev(2 * L / 2 - eye, X, K=1)
y = theta * T[0] - theta * T[1]

N = eye - L                   # D^-½ A D^-½
print(torch.allclose(y, theta * (X + N @ X)))
# endregion first
assert torch.allclose(y, theta * (X + N @ X))

# region renormalise
S = gcn_dense(edge_index, 34)
for name, M in (("I+N", eye + N), ("GCN", S)):
    lam = torch.linalg.eigvalsh(M)
    low, high = lam[0], lam[-1]
    print(name, f"{low:5.2f} … {high:.2f}")
print(torch.allclose(eye + N, S))
# endregion renormalise
first_high, gcn_high = torch.linalg.eigvalsh(eye + N)[-1].item(), torch.linalg.eigvalsh(S)[-1].item()
gcn_low = torch.linalg.eigvalsh(S)[0].item()
assert abs(first_high - 2) < 1e-9 and abs(gcn_high - 1) < 1e-9 and gcn_low > -1
grown = first_high**10
