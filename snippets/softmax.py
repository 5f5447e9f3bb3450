# /// script
# dependencies = ["torch"]
# ///
"""Softmax turns logits into probabilities."""

import torch

# region softmax
z = torch.tensor([1., 2., 3.])
p = z.exp() / z.exp().sum()
print(p, p.sum())
print(torch.softmax(z, dim=0))
# endregion softmax

# region stable
large = z + 1000
print(large.exp() / large.exp().sum())
print(torch.softmax(large, dim=0))
# endregion stable

probabilities = [float(v) for v in p]
assert torch.allclose(torch.softmax(large, dim=0), p)
