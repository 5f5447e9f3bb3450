# /// script
# dependencies = ["torch", "numpy"]
# ///
"""The old way: a linear layer with a hand-derived backward, checked by gradcheck."""

import torch
from torch.nn import functional as F

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)


# region layer
class MyLinear(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, W, b):
        ctx.save_for_backward(x, W)      # 反向要用
        return x @ W.T + b

    @staticmethod
    def backward(ctx, G):                # G：从后一层来
        x, W = ctx.saved_tensors
        return G @ W, G.T @ x, G.sum(0)  # 与输入一一对应
# endregion layer

# region check
x = torch.randn(4, 3, requires_grad=True)
W = torch.randn(2, 3, requires_grad=True)
b = torch.randn(2, requires_grad=True)
print(torch.autograd.gradcheck(MyLinear.apply, (x, W, b)))
# endregion check

assert torch.equal(MyLinear.apply(x, W, b), x @ W.T + b)
assert torch.allclose(MyLinear.apply(x, W, b), F.linear(x, W, b))
