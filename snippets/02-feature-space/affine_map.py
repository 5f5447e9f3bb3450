# /// script
# dependencies = ["torch", "numpy"]
# ///
"""亲手算 Y = XW + b：4 个样本从 3 维空间搬到 2 维空间。"""

import torch

# region by_hand
X = torch.tensor([[1., 0., 2.],
                  [0., 1., 1.],
                  [2., 1., 0.],
                  [1., 1., 1.]])     # (4, 3)
W = torch.tensor([[1., -1.],
                  [2.,  0.],
                  [0.,  3.]])        # (3, 2)
b = torch.tensor([10., 20.])         # (2,)
Y = X @ W + b
print(Y)
# endregion by_hand

# region one_row
first = X[0] @ W + b      # 只算第 0 个样本
print(first)
print(f"b 加到了每一行：{(Y - X @ W).tolist()}")
# endregion one_row

for x, row in zip(X, Y):
    assert torch.equal(x @ W + b, row)
assert Y.shape == (4, 2)
