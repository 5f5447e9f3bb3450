# /// script
# dependencies = ["torch", "torchvision"]
# ///
"""Vision Transformer: the class token first, then the positions, then the blocks of lecture 7."""

import sys
from pathlib import Path

import torch
from torch import nn

sys.path.append(str(Path(__file__).resolve().parents[1] / "07-sequence-models"))
from block import Block


class ViT(nn.Module):
    # region parts
    def __init__(self, size=224, patch=16, dim=768, depth=12,
                 heads=12, classes=1000, channels=3):
        super().__init__()
        n = (size // patch) ** 2                  # 196
        self.patch = nn.Conv2d(channels, dim, patch, patch)
        self.cls = nn.Parameter(torch.zeros(1, 1, dim))
        self.place = nn.Parameter(
            0.02 * torch.randn(1, n + 1, dim))    # 197 行
        self.blocks = nn.Sequential(
            *(Block(dim, heads) for _ in range(depth)))
        self.norm = nn.LayerNorm(dim)
        self.head = nn.Linear(dim, classes)
    # endregion parts

    # region forward
    def forward(self, image):
        x = self.patch(image).flatten(2).mT    # (B, 196, D)
        cls = self.cls.expand(len(x), -1, -1)
        x = torch.cat([cls, x], dim=1)         # (B, 197, D)
        x = x + self.place
        x = self.blocks(x)
        return self.head(self.norm(x[:, 0]))
    # endregion forward


if __name__ == "__main__":
    from torchvision import models

    # region count
    with torch.device("meta"):
        net = ViT()
        library = models.vit_b_16()
    for model in (net, library):
        n = sum(p.numel() for p in model.parameters())
        print(f"{n:,}")
    print(net.place.shape)
    # endregion count
    parts = {name: sum(p.numel() for p in part.parameters()) for name, part in net.named_children()}
    parts["cls"], parts["place"] = net.cls.numel(), net.place.numel()
    total = sum(parts.values())
    assert total == n == 86_567_656
    blocks_share = parts["blocks"] / total
    one_block = parts["blocks"] // 12

    # The same weights give the same results: a small one, with the weights of torchvision's.
    torch.manual_seed(0)
    theirs = models.VisionTransformer(32, 8, 2, 4, 64, 256, num_classes=10).eval()
    mine = ViT(32, 8, 64, 2, 4, 10)
    torch.nn.init.normal_(theirs.heads.head.weight)
    torch.nn.init.normal_(theirs.class_token)
    mine.patch.load_state_dict(theirs.conv_proj.state_dict())
    mine.cls.data, mine.place.data = theirs.class_token.data, theirs.encoder.pos_embedding.data
    for block, layer in zip(mine.blocks, theirs.encoder.layers):
        block.norm1.load_state_dict(layer.ln_1.state_dict())
        block.norm2.load_state_dict(layer.ln_2.state_dict())
        block.attention.qkv.weight.data = layer.self_attention.in_proj_weight.data
        block.attention.qkv.bias.data = layer.self_attention.in_proj_bias.data
        block.attention.out.load_state_dict(layer.self_attention.out_proj.state_dict())
        block.mlp[0].load_state_dict(layer.mlp[0].state_dict())
        block.mlp[2].load_state_dict(layer.mlp[3].state_dict())
    mine.norm.load_state_dict(theirs.encoder.ln.state_dict())
    mine.head.load_state_dict(theirs.heads.head.state_dict())
    with torch.no_grad():
        x = torch.randn(2, 3, 32, 32)
        gap = (mine(x) - theirs(x)).abs().max().item()
    assert mine(x).shape == (2, 10) and gap < 1e-3, gap
