# /// script
# dependencies = ["torch", "scikit-learn"]
# ///
"""A picture of 28x28 pixels is a vector of 784 numbers; which way it stands matters."""

import torch
from sklearn.datasets import load_digits
from torch.nn import functional as F


def digit():
    """A handwritten three from scikit-learn's digits, enlarged from 8x8 to 28x28; grey from 0 to 1."""
    small = torch.tensor(load_digits().images[3], dtype=torch.float32) / 16
    return F.interpolate(small[None, None], size=(28, 28), mode="bilinear")[0, 0]


torch.manual_seed(0)

# region flatten
image = digit()                   # (28, 28)
x = image.reshape(-1)             # (784,)
column = x.reshape(784, 1)        # 竖着写：列向量
row = x.reshape(1, 784)           # 横着写：行向量
W = torch.randn(10, 784)

print("W @ 列向量", tuple((W @ column).shape))
try:
    W @ row
except RuntimeError as error:
    print("W @ 行向量", error)
# endregion flatten

numbers = x.numel()
assert numbers == 28 * 28 and column.T.shape == row.shape
assert torch.equal(column.T, row) and x[28] == image[1, 0]
