# /// script
# dependencies = ["torch", "numpy"]
# ///
"""The engine's gradients against torch's."""

from pathlib import Path

import torch

from engine import Value

# region compare
w1, w2, b = Value(1.0), Value(3.0), Value(5.0)
z = w1 * 2.0 + w2 * 4.0 + b
L = z * z                        # z 用了两次
L.backward()
print([p.grad for p in (w1, w2, b)])
# endregion compare

# region used_twice
x = Value(3.0)
y = x * x + x                    # x 用了三次
y.backward()
print(x.grad)                    # 2x + 1
# endregion used_twice

lines = len(Path(__file__).with_name("engine.py").read_text(encoding="utf-8").splitlines())
gradients = [w1.grad, w2.grad, b.grad]
p = torch.tensor([1.0, 3.0, 5.0], requires_grad=True)
(p[0] * 2 + p[1] * 4 + p[2]).square().backward()
assert gradients == p.grad.tolist() == [76, 152, 38]
assert x.grad == 7 and lines <= 60
# a longer expression, with sharing
u, v = Value(0.3), Value(-1.2)
t = (u * v + 0.5).tanh()
s = t * u - t * t
s.backward()
U, V = torch.tensor([0.3, -1.2], dtype=torch.float64).unbind()
U.requires_grad_(), V.requires_grad_()
T = torch.tanh(U * V + 0.5)
(T * U - T * T).backward()
assert abs(u.grad - U.grad.item()) < 1e-12 and abs(v.grad - V.grad.item()) < 1e-12
