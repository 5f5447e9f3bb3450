# /// script
# dependencies = ["torch", "numpy"]
# ///
"""手写 Adam：一阶矩、二阶矩、偏差修正；十步之后与 torch.optim.Adam 一致。"""

import torch

torch.set_default_dtype(torch.float64)


def J(w):
    return 500 * w[0] ** 2 + 0.005 * w[1] ** 2


lr, beta1, beta2, eps = 0.1, 0.9, 0.999, 1e-8
start = torch.tensor([1., 1.])

steps = []

# region adam
w, m, v = start.clone(), torch.zeros(2), torch.zeros(2)
for t in range(1, 11):
    w.requires_grad_()
    (g,) = torch.autograd.grad(J(w), w)
    m = beta1 * m + (1 - beta1) * g          # 梯度的平均
    v = beta2 * v + (1 - beta2) * g ** 2     # 平方的平均
    m_hat = m / (1 - beta1 ** t)             # 偏差修正
    v_hat = v / (1 - beta2 ** t)
    step = lr * m_hat / (v_hat.sqrt() + eps)
    w = (w - step).detach()
    steps.append((g, step))
# endregion adam

# region first
for name, pair in zip(("gradient", "step"), steps[0]):
    print(f"{name:9}{pair[0]:.4f} and {pair[1]:.4f}")
# endregion first

# region torch
u = start.clone().requires_grad_()
optimizer = torch.optim.Adam([u], lr=0.1)
for _ in range(10):
    optimizer.zero_grad()
    J(u).backward()
    optimizer.step()
print(torch.allclose(w, u, atol=1e-10))
# endregion torch

difference = (w - u).abs().max().item()
ratio = round((steps[0][0][0] / steps[0][0][1]).item())
assert difference < 1e-6
