# /// script
# dependencies = ["torch", "numpy"]
# ///
"""HAN: attention among the neighbours of each meta-path, then attention among the meta-paths."""

import torch
from torch import nn
from torch.nn import functional as F

from gat import GAT


# region semantic
class Semantic(nn.Module):     # 路径之间
    def __init__(self, dim, hidden=16):
        super().__init__()
        self.W = nn.Linear(dim, hidden)
        q = torch.randn(hidden)
        self.q = nn.Parameter(q)
    # endregion semantic

    # region weigh
    def forward(self, Z):  # (路径, 作者, 维)
        score = self.W(Z).tanh() @ self.q
        score = score.mean(dim=1)  # 对作者
        self.beta = score.softmax(dim=0)
        return torch.tensordot(self.beta, Z, 1)
    # endregion weigh


class HAN(nn.Module):
    def __init__(self, inputs, outputs, paths):
        super().__init__()
        self.node = nn.ModuleList(   # 路径之内
            GAT(inputs, outputs) for _ in range(paths))
        self.semantic = Semantic(outputs)

    # region han
    def forward(self, X, graphs):
        Z = [F.elu(gat(X, graph)) for gat, graph
             in zip(self.node, graphs)]
        return self.semantic(torch.stack(Z))
    # endregion han


if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    # region check
    from academic import APA, APVPA
    torch.manual_seed(0)
    graphs = [(M > 0).nonzero().T
              for M in (APA, APVPA)]
    han = HAN(5, 3, paths=2)
    print("out", *han(torch.randn(4, 5), graphs).shape)
    print(f"beta sums to {han.semantic.beta.sum():.1f}")
    # endregion check
    assert abs(han.semantic.beta.sum() - 1) < 1e-9
    for gat, (src, dst) in zip(han.node, graphs):
        assert torch.allclose(torch.zeros(4).index_add(0, dst, gat.alpha), torch.ones(4))
        assert set(zip(range(4), range(4))) <= set(zip(src.tolist(), dst.tolist()))  # everyone is there
