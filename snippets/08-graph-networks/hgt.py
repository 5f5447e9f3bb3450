# /// script
# dependencies = ["torch", "numpy"]
# ///
"""HGT: queries, keys and values by node type, two matrices by edge type, one softmax over all edges."""

import math

import torch
from torch import nn
from torch.nn import functional as F

from gat import edge_softmax


def each(names, dim):
    return nn.ModuleDict({name: nn.Linear(dim, dim, bias=False) for name in names})


class HGT(nn.Module):
    def __init__(self, dim, types, relations):
        super().__init__()
        self.Q, self.K, self.V, self.out = (each(types, dim) for _ in range(4))
        self.att, self.msg = (each(relations, dim) for _ in range(2))

    def attend(self, H, edges, to):
        q = self.Q[to](H[to])
        e, values, at = [], [], []
        # region attend
        for kind, name, (src, dst) in edges:
            k, v = self.K[kind], self.V[kind]
            k = self.att[name](k(H[kind]))
            v = self.msg[name](v(H[kind]))
            e.append((q[dst] * k[src]).sum(1))
            values.append(v[src])
            at.append(dst)

        e = torch.cat(e) / math.sqrt(q.shape[1])
        at, v = torch.cat(at), torch.cat(values)
        self.alpha = edge_softmax(e, at, len(q))
        # endregion attend
        M = self.alpha[:, None] * v
        M0 = torch.zeros_like(q)
        return M0.index_add(0, at, M)

    # region forward
    def forward(self, H, edges, to):
        M = self.attend(H, edges, to)
        return H[to] + self.out[to](F.gelu(M))
    # endregion forward


if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    # region check
    # region use
    from academic import AP, PV
    torch.manual_seed(0)
    hgt = HGT(8, ["author", "paper", "venue"],
              ["writes", "publishes"])
    H = {"author": torch.randn(4, 8),
         "paper": torch.randn(4, 8),
         "venue": torch.randn(2, 8)}
    edges = [("author", "writes", AP.nonzero().T),
             ("venue", "publishes", PV.T.nonzero().T)]
    print("out  ", *hgt(H, edges, to="paper").shape)

    at = torch.cat([dst for _, _, (src, dst) in edges])
    total = torch.zeros(4).index_add(0, at, hgt.alpha)
    print("edges", len(at), torch.allclose(total, torch.ones(4)))
    # endregion use
    assert torch.allclose(total, torch.ones(4)) and len(at) == 11
    asked = len(at)

    # region plain
    from karate import edge_index
    one = HGT(8, ["person"], ["knows"])
    for name in ("att", "msg"):       # 边矩阵取单位阵
        getattr(one, name)["knows"].weight.data = torch.eye(8)
    x = torch.randn(34, 8)
    M = one.attend({"person": x}, [("person", "knows",
                                   edge_index)], "person")
    mask = torch.zeros(34, 34).bool()
    mask[edge_index[1], edge_index[0]] = True
    plain = F.scaled_dot_product_attention(
        *(part["person"](x) for part in (one.Q, one.K, one.V)), mask)
    print("plain", torch.allclose(M, plain))
    # endregion plain
    # endregion check
    assert torch.allclose(M, plain)
