# /// script
# dependencies = ["torch", "numpy"]
# ///
"""How many nodes does one answer need? All neighbours against five of each, on a made graph with hubs."""

# %% imports
import json
import random
from pathlib import Path

import torch

from sage import sample

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)


# region make
def grow(n, links=5):             # 新人爱找名人
    ends, near = [], [[] for _ in range(n)]
    for i in range(n):
        friends = set(range(i)) if i <= links else set()
        while len(friends) < min(i, links):
            friends.add(dice.choice(ends))
        for j in friends:
            near[i].append(j)
            near[j].append(i)
            ends += [i, j]
    return near
# endregion make


dice = random.Random(0)
near = grow(5000)
start = dice.sample(range(5000), 40)  # averages over 40 starting nodes


# region needed
def needed(seed, layers, k):
    seen, front = {seed}, {seed}
    for layer in range(layers):
        edges = sample(near, sorted(front), k)
        front = set(edges[0].tolist())
        seen |= front
    return len(seen)
# endregion needed


# region cost
for layers in (1, 2, 3):
    full, five = (sum(needed(s, layers, k) for s in start)
                  / len(start) for k in (5000, 5))
    print(layers, f"all {full:5.0f}   5 each {five:4.0f}")
# endregion cost

# %% results
most = max(map(len, near))
bound = 1 + 5 + 25 + 125
table = {
    str(k): [sum(needed(s, layers, k) for s in start) / len(start) for layers in (1, 2, 3)] for k in (5000, 5)
}
all_three, five_three = table["5000"][2], table["5"][2]
path = Path(__file__).resolve().parent / "learnt" / "cost.json"
path.write_text(json.dumps({"all": table["5000"], "five": [round(v, 1) for v in table["5"]], "nodes": 5000}))
assert all_three > 2000 and five_three <= bound
