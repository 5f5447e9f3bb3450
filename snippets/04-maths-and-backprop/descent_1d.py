# /// script
# dependencies = ["torch", "matplotlib"]
# ///
"""Gradient descent on a bowl: guess, measure, differentiate, move."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)

# %% descent
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
        print(f"{step+1:2} 步 {w.item():.5f}")
# %% claims

ratios = [b / a for a, b in zip(errors, errors[1:])]
shrink = ratios[0]
assert all(abs(ratio - 0.8) < 1e-6 for ratio in ratios)
assert errors[-1] < 1e-4

# %% curve
#| label: error_decay
fig, ax = house.figure(5, 3.2)
ax.semilogy(range(1, 51), errors, color=house.ORANGE)
ax.set(xlabel="步数", ylabel="$|w-3|$")
plt.show()
