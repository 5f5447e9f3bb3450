# /// script
# dependencies = ["torch"]
# ///
"""An exploding gradient keeps its direction and loses its length."""

import torch
from torch import nn
from torch.nn.utils import clip_grad_norm_

torch.set_default_dtype(torch.float64)

# region clip
torch.manual_seed(0)
W = nn.Parameter(1.5 * nn.init.orthogonal_(torch.empty(8, 8)))
h = torch.ones(8)
for t in range(30):
    h = W @ h
h.sum().backward()

raw = W.grad.clone()
norm = clip_grad_norm_([W], max_norm=1.0)
cosine = torch.cosine_similarity(raw.flatten(), W.grad.flatten(), dim=0)
print(f"before {norm:.1e}, after {W.grad.norm():.2f}")
print(f"cosine {cosine:.4f}")
# endregion clip
assert norm > 1e5 and W.grad.norm() <= 1.0 + 1e-9 and cosine > 0.9999
