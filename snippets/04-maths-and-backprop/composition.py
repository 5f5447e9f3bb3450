# /// script
# dependencies = ["torch", "numpy"]
# ///
"""y = f3(f2(f1(x))): the gradient is a product of Jacobians, taken from the loss back."""

import torch
from torch.autograd.functional import jacobian

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)

W1, W2, W3 = torch.randn(6, 4), torch.randn(5, 6), torch.randn(3, 5)
x = torch.randn(4)

def f1(x):
    return torch.tanh(W1 @ x)

def f2(h):
    return torch.tanh(W2 @ h)

def f3(h):
    return W3 @ h

def J(y):
    return y.square().sum()

def loss_of(x):
    return J(f3(f2(f1(x))))

# region product
h1 = f1(x)                 # 前向，记住中间值
h2 = f2(h1)
y = f3(h2)

g = jacobian(J, y)         # (3,)
g = g @ jacobian(f3, h2)   # (3,) @ (3, 5)
g = g @ jacobian(f2, h1)   # (5,) @ (5, 6)
g = g @ jacobian(f1, x)    # (6,) @ (6, 4)

whole = jacobian(loss_of, x)
print(tuple(g.shape), torch.allclose(g, whole))
# endregion product

# region cost
n = 1000                       # 四层，每层 n 维，损失一个数
from_loss = 3 * n * n          # 向量 × 矩阵，三次
from_input = 2 * n**3 + n * n  # 矩阵 × 矩阵，两次，再来一次
print(f"从输入乘起，贵 {from_input // from_loss} 倍")
# endregion cost

times = from_input // from_loss
assert torch.allclose(g, whole)
