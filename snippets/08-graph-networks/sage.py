# /// script
# dependencies = ["torch", "numpy"]
# ///
"""GraphSAGE: keep yourself, put the mean of (sampled) neighbours beside it."""

import torch
from torch import nn


# region mean
def mean(H, edge_index):
    src, dst = edge_index
    total = torch.zeros_like(H).index_add(
        0, dst, H[src])
    n = torch.bincount(dst, minlength=len(H))
    return total / n.clamp(min=1)[:, None]
# endregion mean


class SAGE(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.W = nn.Linear(2 * inputs, outputs)

    # region layer
    def forward(self, H, edge_index):
        both = [H, mean(H, edge_index)]
        return self.W(torch.cat(both, dim=1))
    # endregion layer


# region sample
def sample(near, nodes, k):
    edges = []
    for i in nodes:           # 谁要收消息
        order = torch.randperm(len(near[i]))
        edges += [(near[i][p], i)
                  for p in order[:k]]
    return torch.tensor(edges).T
# endregion sample


if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    # region check
    from karate import adjacency, edge_index
    torch.manual_seed(0)
    X, layer = torch.randn(34, 8), SAGE(8, 3)
    out = layer(X, edge_index)

    A = adjacency()
    A = A / A.sum(1, keepdim=True)
    W_self, W_near = layer.W.weight.split(8, dim=1)
    dense = X @ W_self.T + A @ X @ W_near.T
    print(*layer.W.weight.shape)
    print(torch.allclose(out, dense + layer.W.bias))
    # endregion check
    assert torch.allclose(out, dense + layer.W.bias) and layer.W.weight.shape == (3, 16)
