# /// script
# dependencies = ["torch", "numpy"]
# ///
"""A power of a diagonal matrix is not the matrix of powers: zeros become inf."""

import torch

torch.set_default_dtype(torch.float64)

# region wrong
A = torch.tensor([[1., 1, 0],
                  [1, 1, 1],
                  [0, 1, 1]])   # 已加自环
D = torch.diag(A.sum(1))
bad = D.pow(-0.5)
print(int(bad.isinf().sum()), "inf")
bad[bad.isinf()] = 0      # 打补丁
slow = bad @ A @ bad      # 两次 N³

scale = A.sum(1).rsqrt()  # N 个数
fast = scale[:, None] * A * scale
print(torch.allclose(slow, fast))
# endregion wrong
assert torch.allclose(slow, fast) and torch.diag(A.sum(1)).pow(-0.5).isinf().sum() == 6
nodes = 10_000
dense_mb = nodes * nodes * 8 / 1e6
vector_kb = nodes * 8 / 1e3
