# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Keep the edges, not the matrix: index_add gives what the dense product gives."""

import torch

from karate import adjacency, edge_index

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
A = adjacency()

# region sparse
src, dst = edge_index        # 谁发，谁收
print(*edge_index.shape, "|", *A.shape)

H = torch.randn(34, 8)
M = torch.zeros(34, 8)
M.index_add_(0, dst, H[src]) # 收方各自相加
print(torch.allclose(M, A @ H))
# endregion sparse
assert torch.allclose(M, A @ H)
filled = int(A.sum()) / A.numel()
# A network of a million people with ten friends each, float32 entries against two int64 a direction.
dense_tb = 1e6 * 1e6 * 4 / 1e12
edges_mb = 1e6 * 10 * 2 * 8 / 1e6
