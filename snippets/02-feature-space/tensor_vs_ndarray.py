# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Tensor 是多维数组，外加两样本领：换设备、自动求导。"""

import numpy as np
import torch

# %% shared
a = np.zeros(3)
t = torch.from_numpy(a)    # 同一块内存
t[0] = 7
print(f"改 t，a 也变：{a}")

# %% extras
x = torch.tensor([3.0], requires_grad=True)
y = x ** 2
y.backward()               # 自动求导：dy/dx = 2x
print(f"在哪台设备：{x.device}")
print(f"梯度：{x.grad}")
print(f"ndarray 会求导吗：{hasattr(np.ndarray, 'requires_grad')}")

# %%
assert a[0] == 7 and x.grad.item() == 6.0
assert not hasattr(a, "requires_grad")
