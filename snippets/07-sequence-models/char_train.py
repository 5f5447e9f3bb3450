# /// script
# dependencies = ["torch", "numpy"]
#
# [tool.deckwright.smoke]
# steps = 12
# ///
"""A character model learns to count in Chinese; what it writes on the way is kept."""

# %% imports
import json
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

from char_model import CharModel, generate
from numerals import alphabet, count, encode, numeral

torch.set_default_dtype(torch.float64)  # the same numbers on every computer
torch.set_num_threads(1)

# %% settings
steps = 288
context, batch = 32, 32
hidden_from, hidden_to = 620, 660       # these numbers are never trained on

# region data
seen = [encode(count(1, 620)), encode(count(660, 1000))]

def windows(generator):
    rows = []
    for _ in range(batch):
        text = seen[torch.randint(2, (), generator=generator)]
        at = torch.randint(len(text) - context, (),
                           generator=generator)
        rows.append(text[at:at + context + 1])
    ids = torch.stack(rows)
    return ids[:, :-1], ids[:, 1:]           # 下一个字符
# endregion data

# %% test
prompts = [count(n - 2, n) for n in range(hidden_from + 2, hidden_to)]
answers = [numeral(n) + "，" for n in range(hidden_from + 2, hidden_to)]
pairs = [encode(p + a) for p, a in zip(prompts, answers)]
padded = nn.utils.rnn.pad_sequence(pairs, batch_first=True)[:, :context]
asked = torch.zeros_like(padded, dtype=torch.bool)
for row, (p, a) in zip(asked, zip(prompts, answers)):
    row[len(p) - 1:len(p) + len(a) - 1] = True


@torch.no_grad()
def score(model):
    """Share of held-out numbers that the model writes whole (greedy, so this equals generating)."""
    right = model(padded[:, :-1]).argmax(-1) == padded[:, 1:]
    return (right | ~asked[:, :-1]).all(1).double().mean().item()


# %% train
torch.manual_seed(0)
data = torch.Generator().manual_seed(1)
model = CharModel(len(alphabet), dim=32, heads=4, depth=2, context=context)
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-2)
schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 1e-2, total_steps=steps, pct_start=0.1)
prompt = "六百二十七，六百二十八，"
losses, snapshots = [], []
# region loop
for step in range(steps + 1):
    if step % 12 == 0:                       # 写几个字看看
        text = generate(model, prompt, 12)[len(prompt):]
        snapshots.append((step, text, score(model)))
    x, y = windows(data)
    loss = F.cross_entropy(model(x).mT, y)
    losses.append(loss.item())
    if step < steps:
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
# endregion loop

# region show
for step, text, right in snapshots[::4]:
    print(f"{step:3} {losses[step]:.2f} {right:4.0%}  {text}")
# endregion show

# %% attention
text = prompt + "六百二十九，"
with torch.no_grad():
    model(encode(text)[None])
maps = [[[[round(w, 3) for w in row] for row in head] for head in block.attention.weights[0].tolist()]
        for block in model.blocks]

# %% save
#| smoke: false
learnt = {
    "losses": [round(v, 4) for v in losses],
    "snapshots": [(step, text, round(right, 3)) for step, text, right in snapshots],
    "prompt": prompt,
    "text": text,
    "maps": maps,
}
path = Path(__file__).resolve().parent / "learnt" / "char.json"
path.write_text(json.dumps(learnt, ensure_ascii=False))

# %% claims
#| smoke: false
first_loss, last_loss = losses[0], losses[-1]
final = snapshots[-1][2]
hundreds = [(count(n - 2, n), numeral(n) + "，") for n in range(100, 1000, 100)]
hundreds_right = sum(generate(model, p, len(a)) == p + a for p, a in hundreds)
rare = generate(model, "一百九十八，一百九十九，", 4)[12:]
hidden_count, hundreds_count, hidden_last = len(prompts), len(hundreds), hidden_to - 1
parameters = sum(p.numel() for p in model.parameters())
assert final > 0.9 and snapshots[0][2] == 0
assert hundreds_right <= 2 and not rare.startswith("二百")
