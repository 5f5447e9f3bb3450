# /// script
# dependencies = ["torch", "torchvision"]
# ///
"""Swin: attention inside of windows, and windows that move."""

import math

import torch
from torch import nn


# region windows
def split(x, w):                    # (B, H, W, C)
    B, H, W, C = x.shape
    x = x.view(B, H // w, w, W // w, w, C)
    return x.transpose(2, 3).reshape(-1, w * w, C)

def join(x, w, H, W):
    C = x.shape[-1]
    x = x.view(-1, H // w, W // w, w, w, C)
    return x.transpose(2, 3).reshape(-1, H, W, C)
# endregion windows


# region mask
def shift_mask(H, W, w, s):
    area = torch.zeros(H, W)
    cuts = (slice(-w), slice(-w, -s),
            slice(-s, None))
    for i, rows in enumerate(cuts):
        for j, cols in enumerate(cuts):
            area[rows, cols] = 3 * i + j
    ids = split(area[None, ..., None], w)
    ids = ids[..., 0]         # (窗口, w*w)
    return ids[:, :, None] == ids[:, None]
# endregion mask


class WindowAttention(nn.Module):
    def __init__(self, dim, heads, w):
        super().__init__()
        self.heads = heads
        self.qkv, self.out = nn.Linear(dim, 3 * dim), nn.Linear(dim, dim)
        self.table = nn.Parameter(0.02 * torch.randn((2 * w - 1) ** 2, heads))
        at = torch.cartesian_prod(torch.arange(w), torch.arange(w))
        away = at[:, None] - at[None, :] + w - 1          # (w*w, w*w, 2)
        self.index = away[..., 0] * (2 * w - 1) + away[..., 1]

    def forward(self, x, mask=None):
        B, T, D = x.shape
        q, k, v = self.qkv(x).view(B, T, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        scores = q @ k.mT / math.sqrt(D // self.heads)
        scores = scores + self.table[self.index].permute(2, 0, 1)  # relative positions
        if mask is not None:
            scores = scores.masked_fill(~mask.repeat(B // len(mask), 1, 1)[:, None], -math.inf)
        y = scores.softmax(-1) @ v
        return self.out(y.transpose(1, 2).reshape(B, T, D))


class SwinBlock(nn.Module):
    def __init__(self, dim, heads, w=7, shift=0):
        super().__init__()
        self.w, self.shift = w, shift
        self.norm1, self.norm2 = nn.LayerNorm(dim), nn.LayerNorm(dim)
        self.attention = WindowAttention(dim, heads, w)
        self.mlp = nn.Sequential(nn.Linear(dim, 4 * dim), nn.GELU(), nn.Linear(4 * dim, dim))

    # region forward
    def forward(self, x):               # (B, H, W, C)
        H, W, w, s = *x.shape[1:3], self.w, self.shift
        y = self.norm1(x).roll((-s, -s), (1, 2))
        mask = shift_mask(H, W, w, s) if s else None
        y = self.attention(split(y, w), mask)
        y = join(y, w, H, W).roll((s, s), (1, 2))
        x = x + y
        return x + self.mlp(self.norm2(x))
    # endregion forward


if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(0)
    # region inverse
    x = torch.randn(2, 8, 8, 3)
    w = split(x, 4)
    print(w.shape)
    print(torch.equal(join(w, 4, 8, 8), x))
    # endregion inverse

    # region reach
    def changed(*blocks):
        """改动左上角的窗口里一格，哪些格会变？"""
        x = torch.randn(1, 8, 8, 16)
        y = x.clone()
        y[0, 3, 3] = torch.randn(16)
        for block in blocks:
            x, y = block(x), block(y)
        return ((x - y).abs().amax(-1) > 1e-9)[0]

    same = SwinBlock(16, 2, w=4)
    moved = SwinBlock(16, 2, w=4, shift=2)
    print(changed(same).sum().item(),
          changed(same, same).sum().item(),
          changed(same, moved).sum().item())
    # endregion reach
    one, two, shifted = changed(same).sum().item(), changed(same, same).sum().item(), changed(
        same, moved).sum().item()
    assert torch.equal(join(split(x, 4), 4, 8, 8), x)
    assert one == two == 16 and shifted > 16

    from torchvision.models.swin_transformer import shifted_window_attention

    x = torch.randn(2, 8, 8, 16)
    for block in (same, moved):
        a, s = block.attention, block.shift
        bias = a.table[a.index].permute(2, 0, 1)[None]
        theirs = shifted_window_attention(
            x, a.qkv.weight, a.out.weight, bias, [4, 4], 2, [s, s], qkv_bias=a.qkv.bias, proj_bias=a.out.bias
        )
        y = split(x.roll((-s, -s), (1, 2)), 4)
        mine = join(a(y, shift_mask(8, 8, 4, s) if s else None), 4, 8, 8).roll((s, s), (1, 2))
        assert torch.allclose(mine, theirs, atol=1e-5)
