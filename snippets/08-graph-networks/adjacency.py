# /// script
# dependencies = ["torch", "numpy"]
# ///
"""A graph as a matrix: neighbours, degrees, and sums over neighbours."""

import torch

# region matrix
edges = [(0, 1), (0, 2), (1, 2),
         (2, 3), (3, 4)]
A = torch.zeros(5, 5)
for i, j in edges:
    A[i, j] = A[j, i] = 1   # 朋友是互相的
print(torch.equal(A, A.T))

print(A.sum(dim=1))         # 每行之和：度

X = torch.tensor([[1.], [2], [3], [4], [5]])
print((A @ X)[:, 0])        # 邻居的和
# endregion matrix
assert (A @ X)[:, 0].tolist() == [5, 4, 7, 8, 4]
assert A.sum(1).tolist() == [2, 2, 3, 2, 1]
