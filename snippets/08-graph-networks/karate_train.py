# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Two labels, 34 members: a GCN of two layers says which side each of them takes."""

# %% imports
import json
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

from gcn import GCN, gcn_norm
from karate import club, edge_index
from steady import Adam

torch.set_default_dtype(torch.float64)  # the same numbers on every computer
torch.set_num_threads(1)


# region model
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.one = GCN(34, 8)
        self.two = GCN(8, 2)

    def forward(self, X, graph):
        H = self.one(X, graph).tanh()
        return self.two(H, graph)
# endregion model


torch.manual_seed(3)
snapshots = []


def keep(logits):
    snapshots.append([[round(v, 4) for v in row] for row in logits.tolist()])


X, net = torch.eye(34), Net()
graph = gcn_norm(edge_index, 34)

# region train
known = [0, 33]           # 只有两个标签
optimizer = Adam(net.parameters(), lr=0.005)
for step in range(121):
    logits = net(X, graph)    # 34 人一起算
    loss = F.cross_entropy(logits[known],
                           club[known])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    right = (logits.argmax(1) == club).sum()
    if step % 30 == 0:
        print(step, f"{loss:.2f}", int(right))
    keep(logits)              # 画动画用
# endregion train

# %% save
wrong = (logits.argmax(1) != club).nonzero()[:, 0].tolist()
at_first = int((torch.tensor(snapshots[0]).argmax(1) == club).sum())
at_last = int(right)
parameters = sum(p.numel() for p in net.parameters())
path = Path(__file__).resolve().parent / "learnt" / "karate.json"
path.write_text(json.dumps({"snapshots": snapshots[::5], "every": 5, "wrong": wrong}))

# %% claims
assert at_last >= 31 and 0 not in wrong and 33 not in wrong
