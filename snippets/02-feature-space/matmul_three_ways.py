# /// script
# dependencies = ["torch", "numpy"]
# ///
"""矩阵乘法的三种写法，一个结果。"""

import torch

torch.manual_seed(0)

# region shapes
x = torch.randn(128, 20)
w = torch.randn(20, 30)
y1 = x @ w
y2 = x.matmul(w)
y3 = torch.matmul(x, w)
print(y1.shape)
print(torch.equal(y1, y2), torch.equal(y2, y3))
# endregion shapes

assert y1.shape == (128, 30)
assert torch.equal(y1, y2) and torch.equal(y2, y3)
