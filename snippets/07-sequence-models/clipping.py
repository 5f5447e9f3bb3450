# /// script
# dependencies = ["torch", "numpy"]
# ///
"""An exploding gradient keeps its direction and loses its length."""

import torch
from torch import nn
from torch.nn.utils import clip_grad_norm_

torch.set_default_dtype(torch.float64)


def cosine(a, b):
    return torch.cosine_similarity(a.flatten(), b.flatten(), dim=0)


# region clip
torch.manual_seed(0)
Q = nn.init.orthogonal_(torch.empty(8, 8))
W = nn.Parameter(1.5 * Q)
h = torch.ones(8)
for t in range(30):
    h = W @ h
h.sum().backward()

raw = W.grad.clone()
norm = clip_grad_norm_([W], max_norm=1.0)
print(f"before {norm:.1e}")
print(f"after  {W.grad.norm():.2f}")
print(f"cosine {cosine(raw, W.grad):.4f}")
# endregion clip
assert norm > 1e5 and W.grad.norm() <= 1.0 + 1e-9 and cosine(raw, W.grad) > 0.9999
