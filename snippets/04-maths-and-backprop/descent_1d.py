# /// script
# dependencies = ["torch"]
# ///
"""Gradient descent on a bowl: guess, measure, differentiate, move."""

import torch

torch.set_default_dtype(torch.float64)

# region descent
w = torch.tensor(0., requires_grad=True)  # 猜
rate, errors = 0.1, []
for step in range(50):
    J = (w - 3) ** 2            # 量：错了多少
    J.backward()                # 求：坡有多陡
    with torch.no_grad():
        w -= rate * w.grad      # 走：反着梯度
        w.grad.zero_()
    errors.append(abs(w.item() - 3))
    if step in (0, 1, 9, 49):
        print(f"{step + 1:2} 步 w={w.item():.5f}")
# endregion descent

ratios = [b / a for a, b in zip(errors, errors[1:])]
shrink = ratios[0]
assert all(abs(ratio - 0.8) < 1e-6 for ratio in ratios)
assert errors[-1] < 1e-4
