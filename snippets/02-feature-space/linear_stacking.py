# /// script
# dependencies = ["torch", "numpy"]
# ///
"""两块线性层接起来：接口对得上，就能堆。"""

import torch
from torch import nn

torch.manual_seed(0)

# region stack
m1 = nn.Linear(20, 30)    # W1 (30,20)  b1 (30,)
m2 = nn.Linear(30, 40)    # W2 (40,30)  b2 (40,)
x = torch.randn(128, 20)
y1 = m1(x)
y2 = m2(y1)
print(y1.shape)
print(y2.shape)
# endregion stack

# region sequential
model = nn.Sequential(m1, m2)
print(torch.equal(model(x), y2))
# endregion sequential

# region collapse
W = m2.weight @ m1.weight             # (40, 20)
b = m2.weight @ m1.bias + m2.bias     # (40,)
one_layer = x @ W.T + b
print(torch.allclose(one_layer, y2, atol=1e-5))
# endregion collapse

assert y1.shape == (128, 30) and y2.shape == (128, 40)
assert torch.equal(model(x), y2)
assert torch.allclose(one_layer, y2, atol=1e-5)
assert m1.bias.shape != m2.bias.shape
