# /// script
# dependencies = ["torch", "numpy"]
#
# [tool.deckwright.smoke]
# sft_steps = 5
# steps = 10
# rounds = 2
# ///
"""RLHF in small: SFT, a reward model from preferences, then PPO with a critic and a KL term."""

# %% imports
import json
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

from gpt import GPT, Adam
from ppo_clip import ppo_objective
from splitting import copied, log_probs, PROMPT, prompts, reward, sample, starting_policy, symbols, text

sft_steps = 120
steps = 200
rounds = 40
start = starting_policy(sft_steps)       # 1. SFT


class Scorer(nn.Module):
    """A Transformer with one number for each position: the reward model, and the critic."""

    def __init__(self):
        super().__init__()
        self.body = GPT(len(symbols), dim=32, heads=2, depth=1, context=4)
        self.head = nn.Linear(32, 1)

    def forward(self, ids):
        return self.head(self.body.features(ids))[..., 0]


# region human
def human(ids):                  # 真正的喜好：和要近，两个数要匀称
    n, a, _, b = ids.T
    return -(a + b - n + PROMPT).abs() - 0.3 * (a - b).abs()
# endregion human


# %% reward model
def reward_model(pairs):
    torch.manual_seed(0)
    asked = prompts[torch.randint(19, (pairs,))]
    a, b = sample(start, asked), sample(start, asked)
    better = human(a) > human(b)
    won = torch.where(better[:, None], a, b)
    lost = torch.where(better[:, None], b, a)
    differ = human(a) != human(b)
    won, lost = won[differ], lost[differ]
    scorer = Scorer()
    adam = Adam(scorer.parameters(), lr=5e-3)
    for step in range(steps):
        rows = torch.randint(len(won), (256,))
        margin = scorer(won[rows])[:, -1] - scorer(lost[rows])[:, -1]
        loss = -F.logsigmoid(margin).mean()
        adam.zero_grad()
        loss.backward()
        adam.step()
    return scorer


scorer = good = reward_model(1500)       # 2. reward model
with torch.no_grad():
    torch.manual_seed(5)
    asked = prompts.repeat(40)
    a, b = sample(start, asked), sample(start, asked)
    differ = human(a) != human(b)
    agree = ((scorer(a) - scorer(b))[:, -1] > 0) == (human(a) > human(b))
    pair_accuracy = agree[differ].double().mean().item()


def ppo(beta):
    model, critic = copied(start), Scorer()
    adam = Adam([*model.parameters(), *critic.parameters()], lr=2e-3, weight_decay=0)
    for k in range(rounds):
        # region ppo
        ids = sample(model, prompts.repeat(8))
        with torch.no_grad():
            old = log_probs(model, ids)
            gap = old - log_probs(start, ids)
            score = scorer(ids)[:, -1]
            R = score - beta * gap.sum(1)
        for _ in range(3):
            V = critic(ids[:, :-1])
            A = R[:, None] - V.detach()
            new = log_probs(model, ids)
            ratio = (new - old).exp()
            gain = ppo_objective(ratio, A)
            value = (R[:, None] - V).square()
            loss = 0.5 * value.mean() - gain.mean()
            # endregion ppo
            adam.zero_grad()
            loss.backward()
            adam.step()
        note(ids, score, gap)
    return model


def note(ids, score, gap):
    curve = curves.setdefault(name, {"score": [], "human": [], "kl": [], "right": []})
    curve["score"].append(round(score.mean().item(), 4))
    curve["human"].append(round(human(ids).mean().item(), 4))
    curve["right"].append(round(reward(ids).mean().item(), 4))
    curve["kl"].append(round(gap.sum(1).mean().item(), 4))


# %% runs
curves, models = {}, {}
poor = reward_model(40)
for name, scorer, beta in (("good", good, 1.0), ("poor, kept", poor, 1.0), ("poor, free", poor, 0.0)):
    torch.manual_seed(0)
    models[name] = ppo(beta)             # 3. PPO

# region show
torch.manual_seed(0)
asked = prompts[[6, 7, 8, 12, 13, 16]]
for title, model in (("SFT", start), ("PPO", models["good"])):
    print(title)
    print(" ", *(text(row) for row in sample(model, asked)[:3]))
    print(" ", *(text(row) for row in sample(model, asked)[3:]))
# endregion show

# %% save
#| smoke: false
path = Path(__file__).resolve().parent / "learnt" / "ppo.json"
path.write_text(json.dumps({"curves": curves}))
good_run, poor_run, free_run = curves["good"], curves["poor, kept"], curves["poor, free"]
human_before, human_after, kl_after = good_run["human"][0], good_run["human"][-1], good_run["kl"][-1]
free_human, free_kl, kept_human, kept_kl = (
    free_run["human"][-1], free_run["kl"][-1], poor_run["human"][-1], poor_run["kl"][-1])
assert human_after > human_before + 2 and kl_after < 4 and pair_accuracy > 0.85
assert free_run["score"][-1] > free_run["score"][0] + 2 and free_human < human_before - 0.5
assert kept_human > free_human + 1 and kept_kl < free_kl / 2
