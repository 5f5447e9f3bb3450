# /// script
# dependencies = ["torch"]
# ///
"""A transposed convolution: the transposed matrix of a convolution, so sizes grow."""

import torch
from torch.nn.functional import conv2d, conv_transpose2d

torch.set_default_dtype(torch.float64)

# region adjoint
torch.manual_seed(0)
w = torch.randn(1, 1, 4, 4)
big, small = torch.randn(1, 1, 8, 8), torch.randn(1, 1, 4, 4)

down = conv2d(big, w, stride=2, padding=1)
up = conv_transpose2d(small, w, stride=2, padding=1)
print(*big.shape[2:], "->", *down.shape[2:])
print(*small.shape[2:], "->", *up.shape[2:])

# <Cx, y> = <x, C^T y>
left, right = (down * small).sum(), (big * up).sum()
print(torch.allclose(left, right))
# endregion adjoint
for n, k, s, p in ((1, 4, 1, 0), (4, 4, 2, 1), (5, 3, 2, 1), (7, 3, 1, 1)):
    out = conv_transpose2d(torch.ones(1, 1, n, n), torch.ones(1, 1, k, k), stride=s, padding=p)
    assert out.shape[-1] == (n - 1) * s - 2 * p + k
assert torch.allclose(left, right)
