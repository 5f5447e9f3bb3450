# /// script
# dependencies = ["torch"]
# ///
"""Columns on paper, rows in code: W x + b for one sample is a row of X W^T + b."""

import torch
from torch.nn import functional as F

torch.manual_seed(0)

# region rows
m, n, N = 2, 3, 4                  # 输出维、输入维、样本数
W, b = torch.randn(m, n), torch.randn(m)
X = torch.randn(N, n)              # 每一行是一个样本

batch = X @ W.T + b                # 代码：一次算完
single = [W @ x + b for x in X]    # 书本：一次一个
print(tuple(batch.shape))
print(torch.allclose(batch, torch.stack(single)))
print(torch.allclose(batch, F.linear(X, W, b)))
# endregion rows

assert batch.shape == (N, m) and single[0].shape == (m,)
assert torch.allclose(batch, torch.stack(single)) and torch.allclose(batch, F.linear(X, W, b))
