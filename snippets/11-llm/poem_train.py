# /// script
# dependencies = ["torch", "numpy"]
#
# [tool.deckwright.smoke]
# steps = 5
# rows = 2
# ///
"""A small GPT learns forty-four Tang quatrains; what it writes, and how, is kept for the figures."""

# %% imports
import json
import math
from pathlib import Path

import torch
from torch.nn import functional as F

from decoding import top_p
from gpt import GPT, Adam
from poems import alphabet, decode, encode, held, train

torch.set_default_dtype(torch.float64)  # the same numbers on every computer
torch.set_num_threads(1)

# %% data
steps = 80


def pairs(texts):
    ids = torch.tensor([[0, *encode(text)] for text in texts])
    return ids[:, :-1], ids[:, 1:]


x, y = pairs(train)
held_x, held_y = pairs(held)
known = torch.zeros(len(alphabet), dtype=torch.bool)
known[y.flatten()] = True
share = torch.bincount(y.flatten()) / y.numel()
unigram = -(share[share > 0] * share[share > 0].log()).sum().item()
uniform = math.log(len(alphabet))


# region write
@torch.no_grad()
def write(model, text, choose, n=24):
    ids = [0, *encode(text)]
    while len(ids) < n + 1:
        logits = model(torch.tensor([ids]))[0, -1]
        ids.append(choose(logits))       # 怎样选，下一段讲
    return decode(ids[1:])
# endregion write


def greedy(logits):
    return logits.argmax().item()


# %% train
torch.manual_seed(0)
model = GPT(len(alphabet), dim=48, heads=4, depth=2, context=25)
optimizer = Adam(model.parameters(), lr=1e-2, weight_decay=0.01)
schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 1e-2, total_steps=steps, pct_start=0.15)
losses, held_losses, snapshots = [], [], []
# region loop
for step in range(steps + 1):
    loss = F.cross_entropy(model(x).mT, y)   # 全部 44 首
    losses.append(loss.item())
    if step % 5 == 0:                        # 看看进度
        snapshots.append((step, write(model, "床前", greedy)))
        with torch.no_grad():
            logits = model(held_x)           # 没学过的 4 首
        held_losses.append(
            F.cross_entropy(logits.mT, held_y).item())
    if step < steps:
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
# endregion loop

# region show
for step, text in snapshots[::2]:
    print(f"{step:3} {losses[step]:.2f}  {text[:12]}")
# endregion show

# %% ways
def sampler(T=1.0, p=1.0):
    def choose(logits):
        q = top_p((logits / T).softmax(-1), p)
        return torch.multinomial(q, 1).item()
    return choose


ways = {"greedy": greedy, "T=1": sampler(1.0), "T=1.5": sampler(1.5), "T=1.5, p=0.8": sampler(1.5, 0.8)}
lines = {part for poem in train for part in poem[:-1].replace("。", "，").split("，")}
written = {}
# region styles
for name, choose in ways.items():
    torch.manual_seed(1)                     # the same dice for each way
    written[name] = write(model, "春", choose)
    print(f"{name:13}{written[name]}")
# endregion styles
copied = {name: sum(part in lines for part in text[:-1].replace("。", "，").split("，"))
          for name, text in written.items()}
by_greedy, by_one, by_hot, by_cut = copied.values()

# %% temperatures
torch.manual_seed(1)
rows = 32


@torch.no_grad()
def many(T, p=1.0):
    """Write many poems side by side: the shares of lines known by heart, and of five characters."""
    ids = torch.zeros(rows, 1, dtype=torch.long)
    caches = [{} for _ in model.blocks]
    for t in range(24):
        q = (model(ids[:, -1:], caches, t)[:, -1] / T).softmax(-1)
        if p < 1:
            q = torch.stack([top_p(row, p) for row in q])
        ids = torch.cat([ids, torch.multinomial(q, 1)], 1)
    texts = [decode(row).rstrip("。").replace("。", "，") for row in ids[:, 1:]]
    parts = [part for text in texts for part in text.split("，")]
    recited, whole = sum(part in lines for part in parts), sum(len(part) == 5 for part in parts)
    return recited / len(parts), whole / len(parts)


temperatures = [0.5, 1.0, 1.5, 2.0, 2.5, 3.0]
plain = [many(T) for T in temperatures]
nucleus = [many(T, 0.8) for T in temperatures]

# %% save
#| smoke: false
with torch.no_grad():
    ids = torch.tensor([[0, *encode("床前明月光，疑是地上霜。举头望明月，")]])
    logits = model(ids)[0, -1]
    maps = [block.attention.weights[0].tolist() for block in model.blocks]
    peaked = model(torch.tensor([[0, *encode("床前明")]]))[0, -1].softmax(-1)
    flat = model(torch.tensor([[0]]))[0, -1].softmax(-1)


def best(p, count=12):
    values, at = p.topk(count)
    return [(alphabet[i], round(v, 4)) for v, i in zip(values.tolist(), at.tolist())]


learnt = {
    "losses": [round(v, 4) for v in losses],
    "held": [round(v, 4) for v in held_losses],
    "snapshots": snapshots,
    "unigram": round(unigram, 4),
    "temperatures": temperatures,
    "plain": plain,
    "nucleus": nucleus,
    "peaked": best(peaked),
    "flat": best(flat),
    "written": written,
    "map": [[round(w, 3) for w in row] for row in maps[0][0]],
}
path = Path(__file__).resolve().parent / "learnt" / "poem.json"
path.write_text(json.dumps(learnt, ensure_ascii=False))

# %% claims
#| smoke: false
parameters = sum(p.numel() for p in model.parameters())
first_loss, last_loss, held_last = losses[0], losses[-1], held_losses[-1]
held_best = min(held_losses)
recited = sum(write(model, poem[:5], greedy) == poem for poem in train)
kinds, count, characters = len(alphabet), len(train), y.numel()
floor = math.log(len(train)) / 24  # which of the poems it is, nobody can know at the first character
by_heart_cold, by_heart_hot = plain[0][0], plain[-1][0]
assert by_greedy == 4 > by_hot and by_cut > by_hot
assert last_loss < 0.3 < unigram < first_loss + 1 and held_last > held_best > 3
assert by_heart_cold > 0.8 and by_heart_hot < 0.3
