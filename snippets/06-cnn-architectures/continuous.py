# /// script
# dependencies = ["numpy"]
# ///
"""连续卷积：把积分写成一个求和。"""

import numpy as np

# region integral
dt = 0.001
tau = np.arange(-3, 3, dt)

def box(t):
    return (abs(t) < 0.5) * 1.0

def convolve(f, g, t):
    """(f * g)(t) = ∫ f(τ) g(t - τ) dτ"""
    return (f(tau) * g(t - tau)).sum() * dt
# endregion integral

half = float(convolve(box, box, 0.5))
peak = float(convolve(box, box, 0))
print(f"t = 0：{peak:.2f}，t = 0.5：{half:.2f}")

times = np.linspace(-1.5, 1.5, 61)
ours = np.array([convolve(box, box, t) for t in times])
triangle = np.clip(1 - abs(times), 0, None)
error = float(abs(ours - triangle).max())
assert error < 1e-2
grid = np.arange(-1.5, 1.5, 0.01)
library = np.convolve(box(grid), box(grid), mode="same") * 0.01
assert abs(library - np.clip(1 - abs(grid), 0, None)).max() < 0.03
