# /// script
# dependencies = ["torch", "numpy"]
# ///
"""元素乘法的三种写法；它要的形状与矩阵乘法不同。"""

from textwrap import fill

import torch

# region same_shape
x = torch.tensor([[1, 2], [3, 4]])
w = torch.tensor([[10, 0], [0, 10]])
y1 = x * w
y2 = x.mul(w)
y3 = torch.mul(x, w)
print(y1)
print(torch.equal(y1, y2), torch.equal(y2, y3))
# endregion same_shape

# region wrong_shape
x = torch.randn(128, 20)
w = torch.randn(20, 30)
print("x @ w:", (x @ w).shape)
try:
    x * w
except RuntimeError as error:
    print(fill(f"x * w: {error}", 60))
# endregion wrong_shape

assert torch.equal(y1, y2) and torch.equal(y2, y3)
try:
    x * w
except RuntimeError:
    pass
else:
    raise AssertionError("x * w 应当报错")
