# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Scaled dot-product attention by hand, against PyTorch's."""

import math

import torch
from torch.nn.functional import scaled_dot_product_attention

torch.set_default_dtype(torch.float64)


# region attention
def attention(q, k, v, mask=None):
    scores = q @ k.mT / math.sqrt(q.shape[-1])
    if mask is not None:             # True：可以看
        scores = scores.masked_fill(~mask, -math.inf)
    weights = scores.softmax(dim=-1)
    return weights @ v, weights
# endregion attention


# region check
if __name__ == "__main__":
    torch.manual_seed(0)
    q = torch.randn(2, 3, 8)         # 3 个问题
    k = torch.randn(2, 5, 8)         # 5 把钥匙
    v = torch.randn(2, 5, 6)         # 5 份内容

    out, weights = attention(q, k, v)
    theirs = scaled_dot_product_attention(q, k, v)
    print(weights.shape, out.shape)
    print(torch.allclose(out, theirs))
    print(weights.sum(-1)[0])
# endregion check
    assert torch.allclose(out, theirs) and torch.allclose(weights.sum(-1), torch.ones(2, 3))
    mask = torch.rand(2, 3, 5) > 0.4
    mask[..., 0] = True
    masked = scaled_dot_product_attention(q, k, v, attn_mask=mask)
    assert torch.allclose(attention(q, k, v, mask)[0], masked)
