# /// script
# dependencies = ["torch", "numpy"]
# ///
"""The GCN layer on an edge list, against its formula with dense matrices."""

import torch
from torch import nn


# region norm
def gcn_norm(edge_index, n):
    loops = torch.arange(n).expand(2, n)
    src, dst = torch.cat(
        [edge_index, loops], dim=1)  # 加自环

    degree = torch.bincount(dst, minlength=n)
    scale = degree.double().rsqrt() # 向量
    return src, dst, scale[src] * scale[dst]
# endregion norm


# region layer
class GCN(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.W = nn.Linear(inputs, outputs,
                           bias=False)
        self.b = nn.Parameter(
            torch.zeros(outputs))

    def forward(self, H, graph):
        src, dst, weight = graph
        Z = self.W(H)             # 先变换
        near = weight[:, None] * Z[src]
        out = torch.zeros_like(Z)
        out = out.index_add(0, dst, near)
        return out + self.b       # 激活在外面
# endregion layer


def gcn_dense(edge_index, n):
    """The same matrix, dense: for small graphs and for checks."""
    src, dst, weight = gcn_norm(edge_index, n)
    S = torch.zeros(n, n, dtype=torch.float64)
    S[dst, src] = weight
    return S


if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    # region path
    path = torch.tensor([[0, 1, 1, 2],
                         [1, 0, 2, 1]])
    src, dst, weight = gcn_norm(path, 3)
    S = torch.zeros(3, 3)
    S[dst, src] = weight
    for row in S.tolist():
        print(*(f"{s:.3f}" for s in row))
    # endregion path
    A = torch.tensor([[0.0, 1, 0], [1, 0, 1], [0, 1, 0]])
    full = A + torch.eye(3)
    half = torch.diag(full.sum(1) ** -0.5)
    assert torch.allclose(S, half @ full @ half)
    assert torch.allclose(S[0, :2], torch.tensor([0.5, 6**-0.5]))

    # region check
    from karate import adjacency, edge_index
    torch.manual_seed(0)
    X, layer = torch.randn(34, 8), GCN(8, 3)
    out = layer(X, gcn_norm(edge_index, 34))

    A = adjacency() + torch.eye(34)
    D = torch.diag(A.sum(1) ** -0.5)
    print(*out.shape, torch.allclose(
        out, D @ A @ D @ X @ layer.W.weight.T))
    print(bool((out < 0).any()), "some below 0")
    # endregion check
    assert torch.allclose(out, D @ A @ D @ X @ layer.W.weight.T) and (out < 0).any()
    parameters = sum(p.numel() for p in layer.parameters())
    assert parameters == 27
