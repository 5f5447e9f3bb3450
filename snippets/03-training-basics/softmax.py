# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Softmax turns logits into probabilities."""

import torch

# region softmax
# region formula
z = torch.tensor([1., 2., 3.])
p = z.exp() / z.exp().sum()
print(p)
print(p.sum())
print(torch.softmax(z, dim=0))
# endregion formula

large = z + 1000
print(large.exp() / large.exp().sum())
print(torch.softmax(large, dim=0))
# endregion softmax

probabilities = [float(v) for v in p]
assert torch.allclose(torch.softmax(large, dim=0), p)
