# /// script
# dependencies = ["torch", "numpy"]
# ///
"""loss = (w x)^2: the gradient of a one-element vector is a one-element vector."""

import torch

# region scalar
w = torch.tensor([1.0], requires_grad=True)
x = torch.tensor([2.0])
loss = (w * x) ** 2
loss.backward()          # dL/dw = 2wx · x

print(w.grad)            # 与 w 同形
print(w.grad.item())     # 一个 Python 数
# endregion scalar

gradient = w.grad.item()
assert str(w.grad) == "tensor([8.])" and gradient == 8.0
