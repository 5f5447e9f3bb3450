# /// script
# dependencies = ["torch", "matplotlib"]
# ///
"""How far a difference quotient is from the derivative: too large a step and too small a step both fail."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

# %% errors
def f(x):
    return x * x * x                     # f'(1) = 3

steps = [float(f"{digit}e-{k}") for k in range(15) for digit in (9, 3, 1)]
h = np.array(steps)
forward = (f(1 + h) - f(1)) / h
central = (f(1 + h) - f(1 - h)) / (2 * h)
error_forward = np.abs(forward - 3).clip(1e-13)
error_central = np.abs(central - 3).clip(1e-13)
best_forward = float(h[error_forward.argmin()])
best_central = float(h[error_central.argmin()])
assert 1e-9 <= best_forward <= 1e-7 and 1e-6 <= best_central <= 1e-4
assert error_central.min() < error_forward.min() / 10

# %% curve
#| label: difference_error
fig, ax = house.figure(5, 3.9)
ax.loglog(h, error_forward, color=house.BLUE, marker="o", markersize=4, label="单侧差分")
ax.loglog(h, error_central, color=house.ORANGE, marker="s", markersize=4, linestyle="--", label="中心差分")
ax.set(xlabel="步长 $h$", ylabel="与真导数之差", ylim=(3e-14, 30))
ax.text(1.2e-14, 1e-11, "太小：\n舍入误差", color=house.MUTED, fontsize=house.SMALL, va="center")
ax.text(2.6, 1e-11, "太大：\n不是切线", color=house.MUTED, fontsize=house.SMALL, va="center", ha="right")
ax.legend(loc="upper center")
plt.show()
