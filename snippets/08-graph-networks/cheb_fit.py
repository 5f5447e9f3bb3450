# /// script
# dependencies = ["numpy"]
# ///
"""How well do a few Chebyshev polynomials follow a filter? A smooth one, and one with a step."""

import numpy as np
from numpy.polynomial import chebyshev

# region fit
def smooth(lam):
    return np.exp(-2 * lam)
def step(lam):
    return (lam < 0.7) * 1.0

def fit(g, K, points=400):        # 特征值 λ 在 0 到 2
    angle = np.pi * (np.arange(points) + 0.5) / points
    values = g(np.cos(angle) + 1)
    theta = [2 * np.mean(values * np.cos(k * angle))
             for k in range(K + 1)]
    theta[0] /= 2
    return theta

lam = np.linspace(0, 2, 401)
for K in (1, 2, 4, 8):
    near = chebyshev.chebval(lam - 1, fit(smooth, K))
    print(K, f"{abs(near - smooth(lam)).max():.4f}")
# endregion fit
worst = {K: float(abs(chebyshev.chebval(lam - 1, fit(smooth, K)) - smooth(lam)).max()) for K in (1, 2, 4, 8)}
worst_4 = worst[4]
assert worst[1] > worst[2] > worst[4] > worst[8] and worst_4 < 0.01
