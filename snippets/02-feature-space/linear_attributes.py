# /// script
# dependencies = ["torch", "numpy"]
# ///
"""打开一块 nn.Linear：它记住了什么，学的是什么。"""

import torch
from torch import nn

torch.manual_seed(0)

# region attributes
m = nn.Linear(in_features=20, out_features=30)
print("in:", m.in_features, " out:", m.out_features)
print("weight:", tuple(m.weight.shape))
print("bias:  ", tuple(m.bias.shape))
print(type(m.weight).__name__, m.weight.requires_grad)
# endregion attributes

# region initial
bound = m.in_features ** -0.5    # 1/√20
print(f"界限 1/√20 = {bound:.4f}")
print(f"最大的权重 = {m.weight.abs().max().item():.4f}")
# endregion initial

parameters = sum(p.numel() for p in m.parameters())
assert m.weight.shape == (30, 20) and m.bias.shape == (30,)
assert isinstance(m.weight, nn.Parameter) and isinstance(m.bias, nn.Parameter)
assert m.weight.abs().max() <= bound and m.bias.abs().max() <= bound
assert parameters == 20 * 30 + 30
