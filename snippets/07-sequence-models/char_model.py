# /// script
# dependencies = ["torch", "numpy"]
# ///
"""A small decoder-only Transformer over characters."""

import torch
from torch import nn

from block import Block
from numerals import alphabet, encode


# region model
class CharModel(nn.Module):
    def __init__(self, kinds, dim, heads, depth, context):
        super().__init__()
        self.token = nn.Embedding(kinds, dim)
        self.place = nn.Embedding(context, dim)
        self.blocks = nn.ModuleList(
            Block(dim, heads) for _ in range(depth))
        self.norm = nn.LayerNorm(dim)
        self.head = nn.Linear(dim, kinds)

    # region forward
    def forward(self, ids):                  # (B, T)
        T = ids.shape[1]
        causal = torch.ones(T, T).tril().bool()
        x = self.token(ids) + self.place.weight[:T]
        for block in self.blocks:
            x = block(x, causal)
        return self.head(self.norm(x))       # (B, T, 种类)
    # endregion forward
# endregion model


# region generate
@torch.no_grad()
def generate(model, text, n):
    context = model.place.num_embeddings
    for _ in range(n):
        ids = encode(text[-context:])
        logits = model(ids[None])[0, -1]      # 只看最后一个
        text += alphabet[logits.argmax()]
    return text
# endregion generate


# region use
if __name__ == "__main__":
    torch.manual_seed(0)
    model = CharModel(len(alphabet), dim=32, heads=4,
                      depth=2, context=24)
    print(model(encode("九十八，九十九，")[None]).shape)
    print(generate(model, "九十八，九十九，", 12))
    parameters = sum(p.numel() for p in model.parameters())
    print(parameters)
# endregion use
    a, b = encode("九十八，九十九，"), encode("九十八，九十三，")
    with torch.no_grad():
        same = torch.isclose(model(a[None]), model(b[None]), atol=1e-5).all(-1)[0]
    assert same.tolist() == [True] * 6 + [False] * 2
