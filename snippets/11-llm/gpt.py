# /// script
# dependencies = ["torch", "numpy"]
# ///
"""A decoder-only Transformer as GPT-2 builds it, with a KV cache; causal=False makes it an encoder (BERT)."""

import math

import torch
from torch import nn


class Attention(nn.Module):
    def __init__(self, dim, heads, causal):
        super().__init__()
        self.heads, self.causal = heads, causal
        self.qkv = nn.Linear(dim, 3 * dim)
        self.out = nn.Linear(dim, dim)

    def forward(self, x, cache=None):
        T, H = x.shape[1], self.heads
        qkv = self.qkv(x).unflatten(2, (3, H, -1))
        q, k, v = qkv.permute(2, 0, 3, 1, 4)
        # region attention
        if cache is not None:     # 旧的在前
            if "k" in cache:
                k = torch.cat([cache["k"], k], 2)
                v = torch.cat([cache["v"], v], 2)
            cache["k"], cache["v"] = k, v
        z = q @ k.mT / q.shape[-1] ** 0.5
        if self.causal:
            S = k.shape[2]        # 连旧的一共几个
            see = torch.ones(T, S).tril(S - T).bool()
            z = z.where(see, -math.inf)
        self.weights = z.softmax(-1)
        y = (self.weights @ v).transpose(1, 2)
        return self.out(y.reshape(x.shape))
        # endregion attention


class Block(nn.Module):
    def __init__(self, dim, heads, causal):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(dim), nn.LayerNorm(dim)
        self.attention = Attention(dim, heads, causal)
        self.mlp = nn.Sequential(
            nn.Linear(dim, 4 * dim), nn.GELU(approximate="tanh"), nn.Linear(4 * dim, dim))

    def forward(self, x, cache=None):
        x = x + self.attention(self.norm1(x), cache)
        return x + self.mlp(self.norm2(x))


# region model
class GPT(nn.Module):
    def __init__(self, kinds, dim, heads,
                 depth, context, causal=True):
        super().__init__()
        self.token = nn.Embedding(kinds, dim)
        self.place = nn.Embedding(context, dim)
        self.blocks = nn.ModuleList(
            Block(dim, heads, causal)
            for _ in range(depth))
        self.norm = nn.LayerNorm(dim)
        self.head = nn.Linear(
            dim, kinds, bias=False)
        self.head.weight = self.token.weight
        nn.init.normal_(self.token.weight, std=0.1)
        nn.init.normal_(self.place.weight, std=0.1)

    # region forward
    def features(self, ids, caches=None, start=0):
        x = self.token(ids)
        x = x + self.place.weight[start:start + ids.shape[1]]
        for k, block in enumerate(self.blocks):
            x = block(x, caches and caches[k])
        return self.norm(x)

    def forward(self, ids, caches=None, start=0):
        return self.head(self.features(ids, caches, start))
    # endregion forward
# endregion model


class Adam(torch.optim.AdamW):
    """Rounds the weights after each step: else the last bits of a computer grow to other samples."""

    @torch.no_grad()
    def step(self, closure=None):
        super().step(closure)
        for group in self.param_groups:
            for weights in group["params"]:
                weights.copy_((weights * 2**30).round() / 2**30)


# region gpt2
if __name__ == "__main__":
    with torch.device("meta"):       # 只记形状，不占内存
        gpt2 = GPT(kinds=50257, dim=768, heads=12,
                   depth=12, context=1024)

    def count(module):
        return sum(p.numel() for p in module.parameters())

    print(f"token  {count(gpt2.token):>11,}")
    print(f"place  {count(gpt2.place):>11,}")
    print(f"blocks {count(gpt2.blocks):>11,}")
    print(f"total  {count(gpt2):>11,}")
# endregion gpt2
    total, per_block = count(gpt2), count(gpt2.blocks[0])
    assert total == 124_439_808  # OpenAI's "124M"
    assert per_block == 12 * 768**2 + 13 * 768
