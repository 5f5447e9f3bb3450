# /// script
# dependencies = ["torch"]
# ///
"""The order of two transformations matters: the right factor acts first."""

import torch

# region order
R = torch.tensor([[0., -1.],   # 转 90°
                  [1.,  0.]])
S = torch.tensor([[1., 1.],    # 向右推斜
                  [0., 1.]])
x = torch.tensor([1., 0.])

print("先转后推", (S @ R) @ x)
print("先推后转", (R @ S) @ x)
print(torch.equal(S @ R @ x, S @ (R @ x)))
# endregion order

assert not torch.equal(S @ R, R @ S)
assert torch.equal((S @ R) @ x, S @ (R @ x))
