# /// script
# dependencies = ["torch", "numpy"]
# ///
"""GAT: attention over the edges, with a softmax in each neighbourhood."""

import torch
from torch import nn
from torch.nn import functional as F


# region softmax
def edge_softmax(e, dst, n):
    top = torch.full((n,), -torch.inf)
    top.scatter_reduce_(0, dst, e.data, "amax")
    w = (e - top[dst]).exp()
    sums = torch.zeros(n).index_add(0, dst, w)
    return w / sums[dst]      # 各收方一组
# endregion softmax


# region layer
class GAT(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.W = nn.Linear(inputs, outputs,
                           bias=False)
        a = torch.randn(2, outputs)
        self.a = nn.Parameter(a)
    # endregion layer

    # region forward
    def forward(self, H, edges):  # 已加自环
        src, dst = edges
        Z = self.W(H)
        to, of = Z @ self.a[0], Z @ self.a[1]
        e = to[dst] + of[src]
        e = F.leaky_relu(e, 0.2)
        alpha = edge_softmax(e, dst, len(H))
        self.alpha = alpha
        near = alpha[:, None] * Z[src]
        out = torch.zeros_like(Z)
        return out.index_add(0, dst, near)
    # endregion forward


def with_loops(edge_index, n):
    return torch.cat([edge_index, torch.arange(n).expand(2, n)], dim=1)


if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    # region check
    from karate import edge_index
    torch.manual_seed(0)
    X, layer = torch.randn(34, 8), GAT(8, 4)
    edges = with_loops(edge_index, 34)
    out = layer(X, edges)

    full = torch.zeros(34, 34)    # 行：收方
    full[edges[1], edges[0]] = layer.alpha
    print(*out.shape)
    print(torch.allclose(full.sum(1), torch.ones(34)))
    print(torch.allclose(out, full @ layer.W(X)))
    print(int((full > 0).sum()), "weights")
    # endregion check
    assert torch.allclose(full.sum(1), torch.ones(34)) and (full > 0).sum() == 156 + 34
    assert torch.allclose(out, full @ layer.W(X))
    # The formula, pair by pair: LeakyReLU(a^T [W h_i || W h_j]).
    Z, a = layer.W(X), layer.a.flatten()
    e = torch.full((34, 34), -torch.inf)
    for j, i in edges.T.tolist():
        e[i, j] = F.leaky_relu(a @ torch.cat([Z[i], Z[j]]), 0.2)
    assert torch.allclose(e.softmax(1), full)
