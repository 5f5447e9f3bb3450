# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Ask the expert: one neighbour of eight knows the answer. GAT learns whom to listen to, GCN cannot."""

# %% imports
import json
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

from gat import GAT, with_loops
from gcn import GCN, gcn_norm
from steady import Adam

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
data = torch.Generator().manual_seed(0)


def draw(below, n):
    return torch.randint(below, (n,), generator=data)


# region task
people, experts = 400, 80  # 前 80 是专家
says = draw(2, people) * 2. - 1       # ±1
flag = torch.arange(people) < experts
X = torch.stack([says, flag], dim=1)
edges, y = [], torch.zeros(people).long()
for i in range(people):
    knows = draw(experts, 1)         # 专家
    rest = experts + draw(people - experts, 6)
    edges += [(int(j), i)
              for j in (*knows, *rest)]
    y[i] = says[knows] > 0           # 答案
# endregion task
edge_index = torch.tensor(sorted(set(edges))).T
edge_index = edge_index[:, edge_index[0] != edge_index[1]]
train_on, test_on = torch.arange(80, 240), torch.arange(240, 400)

# region train
def train(layer, graph):
    head = nn.Linear(4, 2)
    optimizer = Adam([*layer.parameters(),
                      *head.parameters()], lr=0.05)
    for step in range(150):
        logits = head(layer(X, graph))
        loss = F.cross_entropy(logits[train_on], y[train_on])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    right = logits.argmax(1) == y
    return right[test_on].double().mean().item()
# endregion train

# region race
torch.manual_seed(0)
loops = with_loops(edge_index, people)
gcn = train(GCN(2, 4), gcn_norm(edge_index, people))
attention = GAT(2, 4)
gat = train(attention, loops)
print(f"GCN {gcn:.0%}   GAT {gat:.0%}")

src, dst = loops
alpha = attention.alpha.detach()
asked = dst >= experts             # 外行收到的消息
known = alpha[asked & (src < experts)].mean().item()
other = alpha[asked & (src >= experts)].mean().item()
print(f"expert {known:.2f}   others {other:.3f}")
# endregion race

# %% save
stars = []
for i in (240, 243, 251):
    at = (dst == i).nonzero()[:, 0]
    stars.append([[int(src[k]), round(alpha[k].item(), 3), int(says[src[k]])] for k in at])
path = Path(__file__).resolve().parent / "learnt" / "expert.json"
path.write_text(
    json.dumps({"gcn": gcn, "gat": gat, "experts": experts, "centers": [240, 243, 251], "stars": stars})
)
assert gat > 0.97 and gcn < 0.8 and known > 10 * other
