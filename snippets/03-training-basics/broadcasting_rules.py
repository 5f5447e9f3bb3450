# /// script
# dependencies = ["torch", "numpy"]
# ///
"""The rules of broadcasting, tried on pairs of shapes."""

import torch
from torch import broadcast_shapes

# region rules
pairs = [((2, 2, 4), (2, 4)),    # 缺一维
         ((2, 2, 4), (2, 1, 4)), # 有个 1
         ((2, 2, 4), ()),        # 一个数
         ((1,), (0,)),           # 空的
         ((2, 2, 4), (3, 4))]    # 2 不是 3
for left, right in pairs:
    try:
        shape = broadcast_shapes(left, right)
        print(left, right, "->", tuple(shape))
    except RuntimeError:
        print(left, right, "-> error")
# endregion rules


def broadcast(left, right):
    """The shape of left + right by the rule itself, or None."""
    missing = len(left) - len(right)
    left, right = (1,) * -missing + left, (1,) * missing + right
    if any(m != n and 1 not in (m, n) for m, n in zip(left, right)):
        return None
    return tuple(n if m == 1 else m for m, n in zip(left, right))


for left, right in pairs:
    try:
        assert broadcast(left, right) == (torch.zeros(left) + torch.zeros(right)).shape
    except RuntimeError:
        assert broadcast(left, right) is None

# Leading dimensions of a matrix product broadcast as well, the last two do not.
assert (torch.zeros(7, 1, 2, 4) @ torch.zeros(5, 4, 3)).shape == (7, 5, 2, 3)
