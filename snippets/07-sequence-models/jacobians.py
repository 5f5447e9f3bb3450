# /// script
# dependencies = ["torch", "numpy"]
# ///
"""From the last state back to the first: a product of T-1 Jacobians."""

import torch
from torch import nn
from torch.autograd.functional import jacobian
from torch.linalg import matrix_norm, matrix_power

torch.set_default_dtype(torch.float64)

# region setup
torch.manual_seed(0)
T, H = 12, 8
W = nn.init.orthogonal_(torch.empty(H, H)) * 0.9
x = torch.randn(T, H)
# endregion setup

# region run
def run(h):                  # 从 h_1 到 h_T
    for t in range(1, T):
        h = torch.tanh(W @ h + x[t])
        factors.append((1 - h**2).diag() @ W)
    return h

factors = []
exact = jacobian(run, torch.tanh(x[0]))
product = torch.eye(H)
for J in factors:
    product = J @ product
print(T, "steps", len(factors), "factors")
print(torch.allclose(product, exact))
# endregion run
assert torch.allclose(product, exact) and len(factors) == T - 1

# region linear
Q = nn.init.orthogonal_(torch.empty(H, H))
for size in (0.5, 1.0, 1.5):          # 全部奇异值
    norms = [matrix_norm(matrix_power(size * Q, k), 2)
             for k in (1, 10, 50)]
    print(size, *(f"{n:.1e}" for n in norms))
# endregion linear
shrunk = float(matrix_norm(matrix_power(0.5 * Q, 50), 2))
grown = float(matrix_norm(matrix_power(1.5 * Q, 50), 2))
assert abs(shrunk / 0.5**50 - 1) < 1e-9 and abs(grown / 1.5**50 - 1) < 1e-9
