# /// script
# dependencies = ["torch", "numpy"]
# ///
"""einsum 写线性变换：把公式里的下标原样抄下来。"""

import torch

torch.manual_seed(0)

# region linear_map
X = torch.randn(2, 3)    # b d
W = torch.randn(3, 4)    # d e
Y = torch.einsum("bd,de->be", X, W)
print(Y.shape)
print(torch.allclose(Y, X @ W))
# endregion linear_map

# region transposed
W2 = W.T.contiguous()    # e d
Y2 = torch.einsum("bd,ed->be", X, W2)
print(torch.allclose(Y, Y2))
# endregion transposed

assert Y.shape == (2, 4)
assert torch.allclose(Y, X @ W) and torch.allclose(Y, Y2)
