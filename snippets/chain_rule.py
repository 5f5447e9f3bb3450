# /// script
# dependencies = ["torch"]
# ///
"""Backpropagation by hand and by autograd give the same gradient."""

import torch

torch.manual_seed(0)

# region by_hand
x, y = torch.ones(3), torch.tensor(1.)
U = torch.randn(4, 3, requires_grad=True)
v = torch.randn(4, requires_grad=True)

h = torch.tanh(U @ x)                 # forward
loss = (v @ h - y) ** 2

g = 2 * (v @ h - y)                   # dJ/d(v·h)
g = g * v                             # dJ/dh
g = g * (1 - h ** 2)                  # dJ/d(Ux)
by_hand = torch.outer(g, x)           # dJ/dU
# endregion by_hand

# region autograd
loss.backward()
print(U.grad.shape)
print(torch.allclose(U.grad, by_hand))
# endregion autograd

assert torch.allclose(U.grad, by_hand)
