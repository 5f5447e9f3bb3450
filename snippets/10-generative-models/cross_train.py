# /// script
# dependencies = ["torch", "numpy"]
#
# [tool.deckwright.smoke]
# steps = 20
# ///
"""A sentence of four words paints four quarters; the attention learns which word speaks of where."""

# %% imports
import json
from pathlib import Path

import torch
from torch import nn
from torch.nn.functional import mse_loss

from cross_attention import CrossAttention

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

PLACES = ["左上", "右上", "左下", "右下"]
SHADES = ["白", "灰", "黑"]        # 0, 0.5, 1
side = 8
rows, cols = torch.arange(side * side) // side, torch.arange(side * side) % side
quarter = 2 * (rows >= side // 2).long() + (cols >= side // 2).long()


def sentences(n, generator):
    """Words in any order; a word is a place and a shade. The pictures that they describe."""
    shades = torch.randint(3, (n, 4), generator=generator)             # of each place
    order = torch.rand(n, 4, generator=generator).argsort(1)           # the place of each word
    words = 3 * order + shades.gather(1, order)
    return words, (shades[:, quarter] / 2)[..., None]


class Painter(nn.Module):
    def __init__(self, dim=16):
        super().__init__()
        self.word = nn.Embedding(12, dim)
        self.place = nn.Parameter(0.5 * torch.randn(side * side, dim))
        self.cross = CrossAttention(dim, dim)
        self.out = nn.Linear(dim, 1)

    def forward(self, words):
        x = self.place.expand(len(words), -1, -1)
        return self.out(self.cross(x, self.word(words)))


# %% train
torch.manual_seed(0)
data = torch.Generator().manual_seed(1)
model = Painter()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
steps = 600
for step in range(steps):
    words, picture = sentences(64, data)
    loss = mse_loss(model(words), picture)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step == 0:
        first = loss.item()
last = loss.item()
print(f"{first:.3f} -> {last:.4f}")

# %% look
words, picture = sentences(200, torch.Generator().manual_seed(2))
with torch.no_grad():
    painted = model(words)
weights = model.cross.weights
right_word = (weights.argmax(-1) == (words // 3).argsort(1)[:, quarter]).double().mean().item()
print(f"attends to the right word: {right_word:.0%}")
example = 0
for i in range(200):
    order = (words[i] // 3).tolist()
    shades = (words[i] % 3).tolist()
    if order != sorted(order) and set(shades) == {0, 1, 2} and order[0] == 3:
        example = i
        break

# %% save
#| smoke: false
learnt = {
    "words": [PLACES[w // 3] + SHADES[w % 3] for w in words[example].tolist()],
    "weights": [[round(v, 3) for v in row] for row in weights[example].T.tolist()],
    "painted": [round(v, 3) for v in painted[example, :, 0].tolist()],
    "picture": picture[example, :, 0].tolist(),
}
path = Path(__file__).resolve().parent / "learnt" / "cross.json"
path.write_text(json.dumps(learnt, ensure_ascii=False))
assert last < 0.1 * first and right_word > 0.95
