# /// script
# dependencies = ["torch", "numpy"]
#
# [tool.deckwright.smoke]
# steps = 3
# ///
"""Over-smoothing: with depth all nodes become alike, and accuracy falls; residual connections help."""

# %% imports
import json
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

from community import X, edge_index, hidden, known, nodes, y
from gcn import gcn_dense
from steady import Adam

torch.set_num_threads(1)
steps = 60
S = gcn_dense(edge_index, nodes)

# region smooth
def likeness(H):               # 两两余弦的平均
    H = F.normalize(H, dim=1)
    n = len(H)
    return ((H @ H.T).sum() - n) / (n * (n - 1))

H = X
for layer in range(33):
    if layer in (0, 1, 2, 4, 8, 16, 32):
        print(f"{layer:2} {likeness(H):.2f}")
    H = S @ H                  # 只传播，不训练
# endregion smooth
alike, H = [], X
for layer in range(33):
    alike.append(round(likeness(H).item(), 4))
    H = S @ H
at_32 = alike[32]


# region deep
class Deep(nn.Module):           # 图很小：用稠密的 S
    def __init__(self, depth, skip):
        super().__init__()
        sizes = [16] * depth + [4]
        self.layers = nn.ModuleList(
            nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))
        self.skip = skip

    def forward(self, H):
        *most, last = self.layers
        for k, layer in enumerate(most):
            new = layer(S @ H).relu()
            H = H + new if self.skip and k else new
        return last(S @ H)
# endregion deep


def train(depth, skip, seed):
    torch.manual_seed(seed)
    net = Deep(depth, skip)
    optimizer = Adam(net.parameters(), 0.01, weight_decay=5e-3)
    for step in range(steps):
        loss = F.cross_entropy(net(X)[known], y[known])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    right = net(X).argmax(1) == y
    return right[hidden].double().mean().item()


# %% train
depths = [2, 4, 8, 16]
accuracy = {
    name: [round(sum(train(depth, skip, seed) for seed in range(2)) / 2, 4) for depth in depths]
    for name, skip in (("plain", False), ("skip", True))
}
two, sixteen = accuracy["plain"][0], accuracy["plain"][-1]
sixteen_skip = accuracy["skip"][-1]
print(accuracy)

# %% save
#| smoke: false
path = Path(__file__).resolve().parent / "learnt" / "depth.json"
path.write_text(json.dumps({"alike": alike, "depths": depths, **accuracy}))
assert at_32 > 0.95 and sixteen < two - 0.2
