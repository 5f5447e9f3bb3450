# /// script
# dependencies = ["torch", "numpy"]
# ///
"""A forward pass builds a graph; backward walks it and leaves gradients."""

import torch
from torch.nn import functional as F

torch.manual_seed(0)

# region forward
x = torch.ones(5)                       # 输入
y = torch.zeros(3)                      # 期望的输出
w = torch.randn(5, 3, requires_grad=True)
b = torch.randn(3, requires_grad=True)

z = torch.matmul(x, w) + b
loss = F.binary_cross_entropy_with_logits(z, y)
print(loss)
# endregion forward

# region walk
def walk(node, depth=0):
    print(" " * depth + node.name())
    for parent, _ in node.next_functions:
        if parent is not None:
            walk(parent, depth + 1)

walk(loss.grad_fn)
# endregion walk

# region backward
loss.backward()
print(w.grad.shape, b.grad.shape)
print(b.grad)
print(torch.sigmoid(z).detach() / 3)
# endregion backward

assert torch.allclose(b.grad, torch.sigmoid(z) / 3)
assert torch.allclose(w.grad, b.grad.expand(5, 3))     # x is all ones
assert torch.allclose(loss, F.softplus(z).mean())      # y is all zeros
