# /// script
# dependencies = ["torch", "numpy"]
#
# [tool.deckwright.smoke]
# steps = 10
# ///
"""BERT against GPT on palindromes: half of each sentence can only be known from the right."""

# %% imports
import json
from pathlib import Path

import torch
from torch.nn import functional as F

from gpt import GPT, Adam
from masking import mask_tokens

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
steps = 160

# region language
letters, half, MASK = 10, 4, 10          # 0 到 9 是字，10 是 [MASK]

def palindromes(n, generator):
    left = torch.randint(letters, (n, half), generator=generator)
    middle = torch.randint(letters, (n, 1), generator=generator)
    return torch.cat([left, middle, left.flip(1)], 1)
# endregion language


def model_of(causal):
    torch.manual_seed(0)
    return GPT(letters + 1, dim=32, heads=4, depth=2, context=2 * half + 1, causal=causal)


# region train
def train(causal):
    model, data = model_of(causal), torch.Generator().manual_seed(1)
    adam = Adam(model.parameters(), lr=1e-2)
    for step in range(steps):
        text = palindromes(64, data)
        if causal:                       # GPT：猜下一个
            x, y = text[:, :-1], text[:, 1:]
        else:                            # BERT：猜盖住的
            x, y = mask_tokens(text, letters, MASK, data)
        loss = F.cross_entropy(model(x).mT, y)
        adam.zero_grad()
        loss.backward()
        adam.step()
    return model
# endregion train


# %% two_runs
gpt, bert = train(True), train(False)

# %% test
test = palindromes(500, torch.Generator().manual_seed(2))
with torch.no_grad():
    seen = gpt(test[:, :-1]).argmax(-1) == test[:, 1:]
    left = [float("nan"), *seen.double().mean(0).tolist()]
    both = []
    for at in range(2 * half + 1):       # cover one position at a time
        x = test.clone()
        x[:, at] = MASK
        both.append((bert(x)[:, at].argmax(-1) == test[:, at]).double().mean().item())

# region results
print("GPT ", *(f"{v:4.0%}" for v in left[1:]))
print("BERT", *(f"{v:4.0%}" for v in both))
# endregion results

# %% save
#| smoke: false
path = Path(__file__).resolve().parent / "learnt" / "palindromes.json"
path.write_text(json.dumps({"gpt": left[1:], "bert": both}))

# %% claims
#| smoke: false
known = [both[k] for k in range(2 * half + 1) if k != half]
first = [left[k] for k in range(1, half)]
bert_known, gpt_first = sum(known) / len(known), sum(first) / len(first)
gpt_last = sum(left[half + 1:]) / half
assert bert_known > 0.9 and gpt_first < 0.2 and both[half] < 0.2
