# /// script
# dependencies = ["torch", "numpy"]
# ///
"""练习 2：给 Leaky ReLU 选初始化的标准差，让激活穿过二十层不增不减。"""

import math

import torch
from torch import nn
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


# region task
def good_std(n_in, slope):
    """负半轴斜率为 slope 时，权重的标准差该取多少？
    提示：先算 E[f(z)²]，z 是标准正态。"""
    # endregion task
    # BEGIN SOLUTION
    # E[f(z)²] = (1 + slope²) / 2, and each output sums n_in of them.
    return math.sqrt(2 / ((1 + slope ** 2) * n_in))
    # END SOLUTION


# region check
torch.manual_seed(0)
h, slope = torch.randn(512, 256), 0.3
before = h.square().mean()
for _ in range(20):
    W = good_std(256, slope) * torch.randn(256, 256)
    h = F.leaky_relu(h @ W.T, slope)
after = h.square().mean()
print(f"{after / before:.2f}")
assert 0.5 < after / before < 2
# endregion check

gain = nn.init.calculate_gain("leaky_relu", 0.3)
assert math.isclose(good_std(256, 0.3), gain / 16)
