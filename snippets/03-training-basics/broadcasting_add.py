# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Broadcasting: a number and a matrix are added to a whole batch."""

import torch

# region add
a = torch.zeros(2, 2, 4)
b = 20
c = torch.tensor([[1., 2, 3, 4],
                  [5., 6, 7, 8]])

print((a + b).shape)
print((a + c).shape)
print(a + b + c)
# endregion add

assert torch.equal((a + c)[0], c) and torch.equal((a + c)[1], c)
