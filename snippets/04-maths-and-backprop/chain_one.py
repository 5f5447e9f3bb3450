# /// script
# dependencies = ["torch", "numpy"]
# ///
"""d/dx (2x + 1)^3 by the chain rule, by autograd and by a difference."""

import torch

torch.set_default_dtype(torch.float64)


def f(x):
    return (2 * x + 1) ** 3


# region chain
x = torch.tensor(1.0, requires_grad=True)
u = 2 * x + 1              # du/dx = 2
y = u ** 3                 # dy/du = 3u²

by_rule = 3 * u.item()**2 * 2
y.backward()
h = 1e-5
difference = (f(1 + h) - f(1 - h)) / (2 * h)
print(f"链式法则 {by_rule:.4f}")
print(f"autograd {x.grad:.4f}")
print(f"差分     {difference:.4f}")
# endregion chain

u_at_1, inner, outer = u.item(), 2, 3 * u.item() ** 2
assert by_rule == 54 and x.grad == 54 and abs(difference - 54) < 1e-6
for at in (-2.0, 0.3, 4.0):
    z = torch.tensor(at, dtype=torch.float64, requires_grad=True)
    f(z).backward()
    assert torch.isclose(z.grad, 6 * (2 * z.detach() + 1) ** 2)
