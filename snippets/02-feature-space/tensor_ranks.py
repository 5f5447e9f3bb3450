# /// script
# dependencies = ["torch", "numpy"]
# ///
"""维数（rank）就是下标的个数：从 0 维到 4 维。"""

import torch

# region ranks
scalar = torch.tensor(3.14)
vector = torch.tensor([1, 2, 3])
matrix = torch.tensor([[1, 2], [3, 4]])
stack = torch.randn(2, 3, 4)
images = torch.randn(2, 3, 4, 5)
for t in (scalar, vector, matrix, stack, images):
    print(t.ndim, t.shape)
# endregion ranks

assert [t.ndim for t in (scalar, vector, matrix, stack, images)] == [0, 1, 2, 3, 4]
