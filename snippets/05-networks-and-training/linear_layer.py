# /// script
# dependencies = ["torch", "numpy"]
# ///
"""nn.Linear(3, 2)：论文写列向量，代码写行向量，说的是同一件事。"""

import torch
from torch import nn

torch.manual_seed(0)

# region shapes
linear = nn.Linear(in_features=3, out_features=2)
W, b = linear.weight, linear.bias
x = torch.randn(4, 3)               # 4 个样本，一行一个

y = linear(x)
print(W.shape, y.shape)

rows = x @ W.T + b                  # 代码：行向量
columns = (W @ x.T + b[:, None]).T  # 论文：列向量
print(torch.allclose(y, rows), torch.allclose(y, columns))
# endregion shapes

assert y.shape == (4, 2)
assert torch.allclose(y, rows) and torch.allclose(y, columns)
