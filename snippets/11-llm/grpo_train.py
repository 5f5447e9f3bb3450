# /// script
# dependencies = ["torch", "numpy"]
#
# [tool.deckwright.smoke]
# sft_steps = 5
# rounds = 2
# batches = 2
# ///
"""GRPO on a task whose answers a program can check: split a number into two digits."""

# %% imports
import json
from pathlib import Path

import torch

from gpt import Adam
from grpo import advantages, grpo_loss
from splitting import copied, log_probs, prompts, reward, sample, starting_policy, text

# %% start
sft_steps = 120
start = starting_policy(sft_steps)
group = 16
rounds = 60
batches = 24


def train(beta):
    torch.manual_seed(0)
    model = copied(start)
    adam = Adam(model.parameters(), lr=2e-3, weight_decay=0)
    many = prompts.repeat_interleave(group)
    for k in range(rounds):
        # region train
        ids = sample(model, many)  # 每题 16 个
        r = reward(ids)            # 程序判分
        A = advantages(r.view(-1, group)).flatten()
        with torch.no_grad():
            old = log_probs(model, ids)
            ref = log_probs(start, ids)
        for _ in range(3):         # 一批用三次
            new = log_probs(model, ids)
            loss = grpo_loss(new, old, ref, A,
                             beta=beta)
            adam.zero_grad()
            loss.backward()
            adam.step()
        # endregion train
        note(beta, r, old - ref)
    return model


curves = {}


def note(beta, r, gap):
    curve = curves.setdefault(str(beta), {"reward": [], "kl": []})
    curve["reward"].append(round(r.mean().item(), 4))
    curve["kl"].append(round(gap.sum(1).mean().item(), 4))


# %% two_runs
free, kept = train(0.0), train(0.1)


# %% diversity
def kinds_of_answers(model):
    """How many different right answers each question gets in 64 tries, on average."""
    torch.manual_seed(1)
    ids = sample(model, prompts.repeat_interleave(64))
    right = reward(ids) > 0
    return len({tuple(row) for row in ids[right].tolist()}) / len(prompts)


variety = {name: kinds_of_answers(model) for name, model in
           (("start", start), ("free", free), ("kept", kept))}
possible = sum(min(n, 9) - max(n - 9, 0) + 1 for n in range(19)) / 19

# region show
torch.manual_seed(0)
asked = prompts[[7, 7, 7, 12, 12, 16]]
for name, model in (("SFT ", start), ("GRPO", kept)):
    print(name)
    print(" ", *(text(row) for row in sample(model, asked)[:3]))
    print(" ", *(text(row) for row in sample(model, asked)[3:]))
# endregion show


# %% variance
def spread(model, offsets):
    """The variance of the policy gradient between batches, over all parameters: (offset, without, with)."""
    plain, ones, relative = [], [], []
    for k in range(batches):
        torch.manual_seed(k)
        ids = sample(model, prompts.repeat_interleave(group))
        r = reward(ids).view(-1, group)
        logp = log_probs(model, ids).sum(1)
        for kept, weight in ((plain, r), (ones, torch.ones_like(r)), (relative, r - r.mean(1, keepdim=True))):
            loss = -(logp * weight.flatten()).mean()
            grads = torch.autograd.grad(loss, list(model.parameters()), retain_graph=True)
            kept.append(torch.cat([g.flatten() for g in grads]))
    plain, ones, relative = map(torch.stack, (plain, ones, relative))
    return [(c, (plain + c * ones).var(0).sum().item(), relative.var(0).sum().item()) for c in offsets]


stages = spread(start, (0, 1, 3, 10))    # all scores raised by 0, 1, 3, 10

# %% save
#| smoke: false
path = Path(__file__).resolve().parent / "learnt" / "grpo.json"
rounded = [[round(v, 4) for v in stage] for stage in stages]
path.write_text(json.dumps({"curves": curves, "stages": rounded, "variety": variety}))

# %% claims
#| smoke: false
before, after = curves["0.1"]["reward"][0], curves["0.1"]["reward"][-1]
kl_free, kl_kept = curves["0.0"]["kl"][-1], curves["0.1"]["kl"][-1]
variety_start, variety_free, variety_kept = variety.values()
times = stages[-1][1] / stages[-1][2]
plain_0, plain_3, relative = stages[0][1], stages[2][1], stages[0][2]
assert before < 0.45 and after > 0.9 and kl_kept < kl_free
assert all(without > with_ for _, without, with_ in stages) and times > 10
