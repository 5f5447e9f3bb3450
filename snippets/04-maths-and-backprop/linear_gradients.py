# /// script
# dependencies = ["torch", "numpy"]
# ///
"""The three gradients of a linear layer, and a first-order check by shape."""

import torch

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)

# region gradients
X = torch.randn(4, 3, requires_grad=True)
W = torch.randn(2, 3, requires_grad=True)
b = torch.randn(2, requires_grad=True)
Y = X @ W.T + b
J = Y.square().sum()     # 随便一个损失
J.backward()

G = (2 * Y).detach()     # dJ/dY，从后一层来
print(torch.allclose(W.grad, G.T @ X),
      torch.allclose(b.grad, G.sum(0)),
      torch.allclose(X.grad, G @ W))
# endregion gradients

assert torch.allclose(W.grad, G.T @ X) and torch.allclose(b.grad, G.sum(0)) and torch.allclose(X.grad, G @ W)
assert W.grad.shape == W.shape and b.grad.shape == b.shape and X.grad.shape == X.shape
