# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Why a network needs activation functions."""

import torch
from torch import nn
from torch.nn import functional as F

# region collapse
torch.manual_seed(0)
f, g = nn.Linear(4, 8), nn.Linear(8, 3)
x = torch.randn(5, 4)

W = g.weight @ f.weight
b = g.weight @ f.bias + g.bias
one = x @ W.T + b

two, bent = g(f(x)), g(F.relu(f(x)))
print(torch.allclose(two, one, atol=1e-6))
print(torch.allclose(bent, one, atol=1e-6))
# endregion collapse

# region values
z = torch.tensor([-2., -1, 0, 1, 2])
print(F.relu(z))
print(F.sigmoid(z))
print(F.silu(z))
# endregion values

assert torch.allclose(F.silu(z), z * F.sigmoid(z))
