# /// script
# dependencies = ["torch", "numpy"]
# ///
"""前 n-1 层：特征进、特征出；第 n 层：特征进、答案出。"""

import torch
from torch import nn

torch.manual_seed(0)

# region layers
layers = [nn.Linear(20, 30),   # 特征 → 特征
          nn.Linear(30, 40),   # 特征 → 特征
          nn.Linear(40, 3)]    # 特征 → 3 类得分
h = torch.randn(8, 20)         # 8 个样本
print("第 0 层", tuple(h.shape))
for i, layer in enumerate(layers, start=1):
    h = layer(h)
    print(f"第 {i} 层", tuple(h.shape))
# endregion layers

assert h.shape == (8, 3)
