# /// script
# dependencies = ["torch", "numpy"]
# ///
"""z depends on t in two ways, so dz/dt is the sum over both."""

import torch

torch.set_default_dtype(torch.float64)

# region paths
t = torch.tensor(2.0, requires_grad=True)
x, y = t**2, torch.sin(t)
z = x * y
z.backward()

path_x = y * 2 * t          # ∂z/∂x · dx/dt
path_y = x * torch.cos(t)   # ∂z/∂y · dy/dt
total = path_x + path_y
print(f"{path_x:.4f} + {path_y:.4f}")
print(f"= {total:.4f}")
print(f"autograd {t.grad:.4f}")
# endregion paths

assert torch.isclose(path_x + path_y, t.grad)
def f(t):
    return t**2 * torch.sin(t)

assert torch.isclose((f(t + 1e-6) - f(t - 1e-6)) / 2e-6, t.grad, rtol=1e-6)
