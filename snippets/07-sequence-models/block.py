# /// script
# dependencies = ["torch", "numpy"]
# ///
"""A Transformer block: attention, residual, MLP, residual, with the norms first."""

import torch
from torch import nn

from multi_head import MultiHead


# region block
class Block(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.norm1 = nn.LayerNorm(dim)
        self.attention = MultiHead(dim, heads)
        self.norm2 = nn.LayerNorm(dim)
        self.mlp = nn.Sequential(
            nn.Linear(dim, 4 * dim), nn.GELU(),
            nn.Linear(4 * dim, dim))

    def forward(self, x, mask=None):
        y = self.norm1(x)
        x = x + self.attention(y, mask)
        return x + self.mlp(self.norm2(x))
# endregion block


# region use
if __name__ == "__main__":
    torch.manual_seed(0)
    block = Block(64, heads=8)
    x = torch.randn(2, 10, 64)
    print(*block(x).shape)
    for name, part in block.named_children():
        n = sum(p.numel() for p in part.parameters())
        print(f"{name:9} {n:6}")
# endregion use
    counts = {name: sum(p.numel() for p in part.parameters()) for name, part in block.named_children()}
    total = sum(counts.values())
    mlp_share = counts["mlp"] / total
    theirs = nn.TransformerEncoderLayer(64, 8, 256, dropout=0, activation="gelu",
                                        batch_first=True, norm_first=True)
    assert total == sum(p.numel() for p in theirs.parameters())
    theirs.self_attn.in_proj_weight.data = block.attention.qkv.weight.data
    theirs.self_attn.in_proj_bias.data = block.attention.qkv.bias.data
    theirs.self_attn.out_proj.load_state_dict(block.attention.out.state_dict())
    theirs.linear1.load_state_dict(block.mlp[0].state_dict())
    theirs.linear2.load_state_dict(block.mlp[2].state_dict())
    assert torch.allclose(block(x), theirs(x), atol=1e-5)
    order = torch.randperm(10)
    assert torch.allclose(block(x)[:, order], block(x[:, order]), atol=1e-5)
