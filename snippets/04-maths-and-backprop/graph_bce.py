# /// script
# dependencies = ["torch", "numpy"]
# ///
"""A linear layer with binary cross-entropy, forwards and backwards, every number checked."""

import torch
from torch.nn.functional import (
    binary_cross_entropy_with_logits as bce,
    softplus,
)

torch.manual_seed(0)

# region graph
x, y = torch.ones(5), torch.zeros(3)
w = torch.randn(5, 3, requires_grad=True)
b = torch.randn(3, requires_grad=True)
z = torch.matmul(x, w) + b
loss = bce(z, y)
loss.backward()

dz = (torch.sigmoid(z) - y) / 3  # 三个平均
print(torch.allclose(b.grad, dz))
dw = torch.outer(x, dz)
print(torch.allclose(w.grad, dw))
# endregion graph

assert torch.allclose(b.grad, dz) and torch.allclose(w.grad, dw)
assert loss.ndim == 0 and torch.allclose(loss, softplus(z).mean())
