# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Of 360 directions, the one in which the function grows most is the gradient's."""

import math

import torch

torch.set_default_dtype(torch.float64)


def L(w1, w2):
    return w1**2 + w1 * w2 + 2 * w2**2


# region search
w = torch.tensor([1., .5], requires_grad=True)
L(*w).backward()
g = w.grad

degrees = torch.arange(360)
angle = torch.deg2rad(degrees.double())
units = torch.stack([angle.cos(), angle.sin()])
w1, w2 = w.detach()[:, None] + 1e-3 * units
growth = L(w1, w2) - L(*w.detach())

best = growth.argmax().item()
worst = growth.argmin().item()
uphill = math.degrees(math.atan2(g[1], g[0]))
print(f"梯度指向 {uphill:.1f}°")
print(f"涨得最多 {best}°，跌得最多 {worst}°")
# endregion search

count = len(degrees)
slope = growth / 1e-3
steepest, length = slope.max().item(), g.norm().item()
assert abs(best - uphill) < 1 and (worst - best) % 360 == 180
assert abs(steepest - length) < 5e-3
assert torch.allclose(slope, length * torch.cos(angle - math.radians(uphill)), atol=5e-3)
