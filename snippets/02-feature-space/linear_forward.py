# /// script
# dependencies = ["torch", "numpy"]
# ///
"""nn.Linear 的 forward 只有一句：F.linear(x, W, b)。"""

import inspect

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)

# region forward
m = nn.Linear(20, 30)
W, b = m.weight, m.bias
x = torch.randn(128, 20)

by_module = m(x)
by_function = F.linear(x, W, b)
by_hand = x @ W.T + b
print(by_module.shape)
print(torch.allclose(by_module, by_function))
print(torch.allclose(by_module, by_hand, atol=1e-6))
# endregion forward

signature = inspect.signature(nn.Linear)
assert list(signature.parameters) == ["in_features", "out_features", "bias", "device", "dtype"]
for shape in ((), (128,), (2, 8, 30)):      # 前面任意几维
    assert m(torch.randn(*shape, 20)).shape == (*shape, 30)
assert nn.Linear(20, 30, bias=False).bias is None
assert by_module.shape == (128, 30)
assert torch.allclose(by_module, by_function)
assert torch.allclose(by_module, by_hand, atol=1e-6)
