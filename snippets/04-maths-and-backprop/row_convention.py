# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Columns on paper, rows in code: W x + b for one sample is a row of X W^T + b."""

import torch
from torch.nn import functional as F

torch.manual_seed(0)

# region rows
m, n, N = 2, 3, 4        # 输出、输入、样本数
W, b = torch.randn(m, n), torch.randn(m)
X = torch.randn(N, n)    # 每一行是一个样本

batch = X @ W.T + b               # 一次算完
columns = [W @ x + b for x in X]  # 一次一个
one_by_one = torch.stack(columns)
layer = F.linear(X, W, b)

print(tuple(batch.shape))
print(torch.allclose(batch, one_by_one))
print(torch.allclose(batch, layer))
# endregion rows

assert batch.shape == (N, m) and columns[0].shape == (m,)
assert torch.allclose(batch, one_by_one) and torch.allclose(batch, layer)
