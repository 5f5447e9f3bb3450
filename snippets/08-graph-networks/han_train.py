# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Two made worlds: where co-authors tell the field, and where venues do. HAN finds out which."""

# %% imports
import json
import random
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

from han import HAN
from steady import Adam

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
authors, papers, venues = 90, 270, 45
field = torch.arange(authors) % 3  # 三个领域


def world(by_authors):
    AP = torch.zeros(authors, papers)
    PV = torch.zeros(papers, venues)
    # region world
    for p in range(papers):
        topic = p % 3          # 三个领域
        who = range(authors)
        where = range(venues)
        if by_authors:         # 合作者同领域
            who = who[topic::3]
        else:                  # 会议专业
            where = where[topic::3]
        AP[p % authors, p] = 1
        if dice.random() < 0.5:
            AP[dice.choice(who), p] = 1
        PV[p, dice.choice(where)] = 1
    # endregion world
    APV = AP @ PV
    return AP @ AP.T, APV @ APV.T


dice = random.Random(0)
data = torch.Generator().manual_seed(0)
X = F.one_hot(field, 3) + 1.2 * torch.randn(authors, 3, generator=data)
split = torch.arange(authors) % 2 == 0


def train(paths):
    graphs = [((M > 0) | torch.eye(authors).bool()).nonzero().T for M in paths]
    torch.manual_seed(0)
    han, head = HAN(3, 8, paths=len(graphs)), nn.Linear(8, 3)
    optimizer = Adam([*han.parameters(), *head.parameters()], lr=0.02, weight_decay=1e-3)
    for step in range(100):
        logits = head(han(X, graphs))
        loss = F.cross_entropy(logits[split], field[split])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    right = (logits.argmax(1) == field)[~split].double().mean().item()
    return right, han.semantic.beta.tolist()


# region compare
worlds = {"authors": world(True), "venues": world(False)}
result = {name: train(M) for name, M in worlds.items()}
for name, (right, beta) in result.items():
    print(f"{name:7} APA {beta[0]:.2f} APVPA {beta[1]:.2f}")
# endregion compare
# %% save
path = Path(__file__).resolve().parent / "learnt" / "han.json"
path.write_text(json.dumps({name: [round(b, 4) for b in beta] for name, (_, beta) in result.items()}))
assert result["authors"][1][0] > 0.6 and result["venues"][1][1] > 0.6
