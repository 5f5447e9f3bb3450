# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Matrix times vector, read twice: rows are dot products, columns are mixed."""

import torch

# region two_readings
W = torch.tensor([[1., 2.],
                  [3., 4.]])
x = torch.tensor([5., 6.])

by_rows = torch.stack([W[0] @ x, W[1] @ x])
by_columns = 5 * W[:, 0] + 6 * W[:, 1]

print(by_rows)
print(by_columns)
print(W @ x)
# endregion two_readings

y1, y2 = int(by_rows[0]), int(by_rows[1])
assert (y1, y2) == (17, 39)
assert torch.equal(by_rows, W @ x) and torch.equal(by_columns, W @ x)
# the sum of the definition, without any help of torch
assert [sum(W[i, j].item() * x[j].item() for j in range(2)) for i in range(2)] == [17, 39]
