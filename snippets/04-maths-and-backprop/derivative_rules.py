# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Five rules of differentiation, each against autograd and against a difference quotient."""

import torch

torch.set_default_dtype(torch.float64)

# region rules
rules = {            # 函数，书上的导数
  "C":   (lambda x: 0*x + 7, lambda x: 0*x),
  "x^3": (lambda x: x**3, lambda x: 3 * x**2),
  "e^x": (torch.exp,      torch.exp),
  "ln":  (torch.log,      lambda x: 1 / x),
  "sin": (torch.sin,      torch.cos)}
h = 1e-5
for name, (f, df) in rules.items():
    x = torch.tensor(2.0, requires_grad=True)
    f(x).backward()
    diff = (f(x + h) - f(x - h)) / (2 * h)
    print(f"{name:4}{df(x):9.5f}"
          f"{x.grad:9.5f}{diff:9.5f}")
# endregion rules

worst = 0.0
for f, df in rules.values():
    x = torch.linspace(0.5, 3, 50, requires_grad=True)
    f(x).sum().backward()
    difference = (f(x + h) - f(x - h)) / (2 * h)
    worst = max(worst, (difference - x.grad).abs().max().item())
    assert torch.allclose(x.grad, df(x))
assert worst < 1e-4

for n in (-2, -1, 0, 0.5, 1, 2, 3, 10):     # (x^n)' = n x^(n-1)
    x = torch.linspace(0.5, 3, 50, requires_grad=True)
    (x ** n).sum().backward()
    assert torch.allclose(x.grad, n * x ** (n - 1))
