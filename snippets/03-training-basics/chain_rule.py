# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Backpropagation by hand and by autograd give the same gradient."""

import torch

torch.manual_seed(0)
x, y = torch.ones(3), torch.tensor(1.0)
U = torch.randn(4, 3, requires_grad=True)
v = torch.randn(4, requires_grad=True)

# region by_hand
h = torch.tanh(U @ x)            # 前向
J = (v @ h - y) ** 2

g = 2 * (v @ h - y)              # dJ / d(v @ h)
g = g * v                        # dJ / dh
g = g * (1 - h ** 2)             # dJ / d(U @ x)
by_hand = torch.outer(g, x)      # dJ / dU

J.backward()                     # autograd 的答案
print(U.grad.shape, torch.allclose(U.grad, by_hand))
# endregion by_hand

assert torch.allclose(U.grad, by_hand)
