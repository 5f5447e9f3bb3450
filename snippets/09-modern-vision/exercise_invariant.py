# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Exercise 2: describe a cloud of points so that turning, moving and renumbering change nothing."""

import torch

torch.set_default_dtype(torch.float64)


# region task
def fingerprint(x):
    """(N, 3) -> (N*(N-1)/2,)

    旋转、平移、换编号，结果都不变。
    """
    # BEGIN SOLUTION
    distances = (x[:, None] - x).norm(dim=-1)
    above = torch.triu_indices(len(x), len(x), offset=1)
    return distances[above[0], above[1]].sort().values
    # END SOLUTION
# endregion task


# region test
torch.manual_seed(0)
x = torch.randn(7, 3)
Q = torch.linalg.qr(torch.randn(3, 3)).Q
moved = x[torch.randperm(7)] @ Q.T + torch.randn(3)
assert fingerprint(x).shape == (21,)
assert torch.allclose(fingerprint(x), fingerprint(moved))
assert not torch.allclose(fingerprint(x), fingerprint(2 * x))
# endregion test
print("通过")
