# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Cross-attention: queries from the picture, keys and values from the text."""

import torch
from torch import nn

torch.set_default_dtype(torch.float64)

# region attention
class CrossAttention(nn.Module):
    def __init__(self, image, text):
        super().__init__()
        self.q = nn.Linear(image, image)
        self.k = nn.Linear(text, image)
        self.v = nn.Linear(text, image)

    def forward(self, x, words):
        q = self.q(x)
        k, v = self.k(words), self.v(words)
        scores = q @ k.mT / q.shape[-1] ** 0.5
        self.weights = scores.softmax(-1)
        return self.weights @ v
# endregion attention

# region check
torch.manual_seed(0)
x = torch.randn(1, 64, 32)      # 8×8 个位置
words = torch.randn(1, 7, 16)   # 7 个词
cross = CrossAttention(32, 16)
y = cross(x, words)
weights = cross.weights
print("out    ", *y.shape)
print("weights", *weights.shape)
print("sum 1  ", torch.allclose(weights.sum(-1), torch.ones(1, 64)))
words[0, 3] = torch.randn(16)   # 换一个词
changed = (cross(x, words) - y).abs().amax(-1) > 1e-6
print("changed", int(changed.sum()), "of 64")
# endregion check

assert changed.all()
assert y.shape == (1, 64, 32) and weights.shape == (1, 64, 7)
