# /// script
# dependencies = ["torch", "numpy"]
# ///
"""L = (w1 x1 + w2 x2 + b)^2 forwards and backwards by hand, against autograd and against a nudge."""

import torch

torch.set_default_dtype(torch.float64)

# region by_hand
w1, w2, b = 1.0, 3.0, 5.0
x1, x2 = 2.0, 4.0

a1, a2 = w1 * x1, w2 * x2      # 前向：从左往右
z = a1 + a2 + b
L = z ** 2

dz = 2 * z                     # 反向：从右往左
da1 = da2 = db = dz            # 加：原样分发
dw1, dw2 = da1 * x1, da2 * x2  # 乘：乘另一个
print(f"z = {z}, L = {L}")
print(f"dw1 = {dw1}, dw2 = {dw2}, db = {db}")
# endregion by_hand

# region judges
# region autograd
p = torch.tensor([w1, w2, b], requires_grad=True)
(p[0] * x1 + p[1] * x2 + p[2]).square().backward()
print(p.grad)
# endregion autograd

# region nudge
h = 0.001
nudged = ((w1 + h) * x1 + w2 * x2 + b) ** 2
print(f"w1 动 {h}，L 动 {nudged - L:.4f}")
# endregion nudge
# endregion judges

forward_z, forward_L, change = int(z), int(L), nudged - L
assert (z, L, dw1, dw2, db, da1, da2) == (19, 361, 76, 152, 38, 38, 38)
assert p.grad.tolist() == [76, 152, 38]
assert abs(change / h - 76) < 0.01
