# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Exercise: check a gradient with central differences."""

import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)


# region task
def numeric_gradient(f, w, h=1e-5):
    """逐个分量加减 h，用中心差分。"""
# endregion task
    # BEGIN SOLUTION
    gradient = torch.zeros_like(w)
    for i in range(w.numel()):
        step = torch.zeros_like(w)
        step.view(-1)[i] = h
        gradient.view(-1)[i] = (f(w + step) - f(w - step)) / (2 * h)
    return gradient
    # END SOLUTION


# region check
def f(w):
    return (torch.sin(w) * w**2).sum()

w = torch.randn(3, 2, requires_grad=True)
f(w).backward()
mine = numeric_gradient(f, w.detach())
assert mine.shape == w.shape
assert torch.allclose(mine, w.grad, atol=1e-8)
wrong = w.grad * 2       # 系数错了的梯度
assert not torch.allclose(mine, wrong, atol=1e-3)
# endregion check
