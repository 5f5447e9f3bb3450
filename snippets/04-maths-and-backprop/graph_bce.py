# /// script
# dependencies = ["torch"]
# ///
"""A linear layer with binary cross-entropy, forwards and backwards, every number checked."""

import torch
from torch.nn import functional as F

torch.manual_seed(0)

# region graph
x, y = torch.ones(5), torch.zeros(3)
w = torch.randn(5, 3, requires_grad=True)
b = torch.randn(3, requires_grad=True)
z = torch.matmul(x, w) + b
loss = F.binary_cross_entropy_with_logits(z, y)
loss.backward()

dz = (torch.sigmoid(z) - y) / 3        # 3 个输出取平均
print(torch.allclose(b.grad, dz))
print(torch.allclose(w.grad, torch.outer(x, dz)))
# endregion graph

assert torch.allclose(b.grad, dz) and torch.allclose(w.grad, torch.outer(x, dz))
assert loss.ndim == 0 and torch.allclose(loss, F.softplus(z).mean())
