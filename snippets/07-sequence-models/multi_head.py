# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Multi-head attention by hand, against nn.MultiheadAttention."""

import torch
from torch import nn

from attention import attention

torch.set_default_dtype(torch.float64)


# region parts
class MultiHead(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(dim, 3 * dim)
        self.out = nn.Linear(dim, dim)
    # endregion parts

    # region forward
    def forward(self, x, mask=None):
        B, T, D = x.shape
        H = self.heads
        qkv = self.qkv(x).view(B, T, 3, H, D // H)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)

        y, self.weights = attention(q, k, v, mask)

        y = y.transpose(1, 2).reshape(B, T, D)
        return self.out(y)
    # endregion forward


# region check
if __name__ == "__main__":
    torch.manual_seed(0)
    theirs = nn.MultiheadAttention(64, 8, batch_first=True)
    mine = MultiHead(64, 8)
    mine.qkv.weight.data = theirs.in_proj_weight.data
    mine.qkv.bias.data = theirs.in_proj_bias.data
    mine.out.load_state_dict(theirs.out_proj.state_dict())

    x = torch.randn(2, 10, 64)
    print(torch.allclose(mine(x), theirs(x, x, x)[0]))
    print(mine.weights.shape)
    print(sum(p.numel() for p in mine.parameters()))
# endregion check
    parameters = sum(p.numel() for p in mine.parameters())
    assert parameters == sum(p.numel() for p in theirs.parameters()) == 4 * 64 * 64 + 4 * 64 == 16640
    assert torch.allclose(mine(x), theirs(x, x, x)[0])
