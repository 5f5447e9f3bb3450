# /// script
# dependencies = ["torch", "numpy"]
# ///
"""The mean squared error as the objective of learning."""

import torch
from torch import nn

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)

# region objective
x = torch.linspace(-1, 1, 20)
y = 1.5 * x + 0.5            # 真值 f*(x)

def J(w, b):
    y_hat = w * x + b        # 预测 f(x; θ)
    return ((y - y_hat) ** 2).mean()

for w, b in [(0, 0), (1, 0.5), (1.5, 0.5)]:
    print(f"{w:<4}{b:<4} J={J(w, b):.3f}")
same = nn.MSELoss()(1.0 * x + 0.5, y)
print(torch.equal(J(1.0, 0.5), same))
# endregion objective

assert J(1.5, 0.5) == 0 and torch.equal(J(1.0, 0.5), same)
for _ in range(100):
    w, b = torch.randn(2).tolist()
    assert J(w, b) > 0
