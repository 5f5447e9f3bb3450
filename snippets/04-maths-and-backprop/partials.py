# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Partial derivatives move one variable and hold the other; the gradient collects them."""

import torch

torch.set_default_dtype(torch.float64)

# region partials
def L(w1, w2):
    return w1**2 + w1 * w2 + 2 * w2**2

w = torch.tensor([1., .5], requires_grad=True)
L(*w).backward()

w1, w2 = w.tolist()
partial_1 = 2 * w1 + w2        # w2 当常数
partial_2 = w1 + 4 * w2        # w1 当常数
print("手算    ", [partial_1, partial_2])
print("autograd", w.grad.tolist())
# endregion partials

h = 1e-6
assert w.grad.tolist() == [partial_1, partial_2]
assert abs((L(w1 + h, w2) - L(w1 - h, w2)) / (2 * h) - partial_1) < 1e-6
assert abs((L(w1, w2 + h) - L(w1, w2 - h)) / (2 * h) - partial_2) < 1e-6
