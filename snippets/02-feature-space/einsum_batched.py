# /// script
# dependencies = ["torch", "numpy"]
# ///
"""einsum 写批量矩阵乘法：b 两边都在，k 消失。"""

import torch

torch.manual_seed(0)

# region batched
A = torch.randn(10, 3, 4)    # b i k
B = torch.randn(10, 4, 5)    # b k j
C = torch.einsum("bik,bkj->bij", A, B)
print(C.shape)
bmm = torch.bmm(A, B)
print(torch.allclose(C, bmm, atol=1e-6))
# endregion batched

assert C.shape == (10, 3, 5)
assert torch.allclose(C, torch.bmm(A, B), atol=1e-6)
assert torch.allclose(C, A @ B, atol=1e-6)
