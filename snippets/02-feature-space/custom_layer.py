# /// script
# dependencies = ["torch", "numpy"]
# ///
"""自己造一块积木：由三个 nn.Linear 拼成的注意力层。"""

import torch
from torch import nn

torch.manual_seed(0)


# region attention
class Attention(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.q = nn.Linear(d, d)
        self.k = nn.Linear(d, d)
        self.v = nn.Linear(d, d)

    def forward(self, x):
        q, k = self.q(x), self.k(x)
        score = q @ k.mT / k.shape[-1] ** 0.5
        return score.softmax(-1) @ self.v(x)
# endregion attention


# region use
layer = Attention(16)
x = torch.randn(2, 5, 16)
print(layer(x).shape)
for name, p in layer.named_parameters():
    print(name, tuple(p.shape))
# endregion use

assert layer(x).shape == (2, 5, 16)
assert len(list(layer.named_parameters())) == 6
reference = nn.functional.scaled_dot_product_attention(
    layer.q(x), layer.k(x), layer.v(x))
assert torch.allclose(layer(x), reference, atol=1e-6)
