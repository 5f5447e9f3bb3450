# /// script
# dependencies = ["torch", "numpy"]
# ///
"""ChebNet: filters that are polynomials of the Laplacian, without any eigenvector."""

import torch
from torch import nn

from laplacian import laplacian_sym


# region recurrence
def chebyshev(L, X, K):
    terms = [X, L @ X]
    while len(terms) <= K:
        terms.append(2 * L @ terms[-1]
                     - terms[-2])
    return terms[:K + 1]
# endregion recurrence


# region layer
class Cheb(nn.Module):
    def __init__(self, inputs, outputs, K):
        super().__init__()
        self.K = K
        self.W = nn.ModuleList(
            nn.Linear(inputs, outputs, bias=False)
            for k in range(K + 1))
    # endregion layer

    # region forward
    def forward(self, X, L):
        terms = chebyshev(L, X, self.K)
        return sum(W(T) for W, T
                   in zip(self.W, terms))
    # endregion forward


if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    # region check
    from karate import adjacency
    torch.manual_seed(0)
    L = laplacian_sym(adjacency()) - torch.eye(34)
    x, theta = torch.randn(34), torch.randn(4)

    fast = theta @ torch.stack(chebyshev(L, x, 3))

    lam, U = torch.linalg.eigh(L)     # 慢：特征分解
    angle = lam.clamp(-1, 1).acos()
    g = sum(theta[k] * (k * angle).cos()
            for k in range(4))        # T_k(cos a) = cos(ka)
    print(torch.allclose(fast, U @ (g * (U.T @ x))))
    # endregion check
    assert torch.allclose(fast, U @ (g * (U.T @ x)))

    # region local
    path = torch.diag(torch.ones(8), 1)
    L = laplacian_sym(path + path.T) - torch.eye(9)
    layer, X = Cheb(1, 1, K=3), torch.randn(9, 1)
    other = X.clone()
    other[0] += 1                     # 只改 0 号
    change = (layer(X, L) - layer(other, L)).abs()
    print((change[:, 0] > 1e-12).long().tolist())
    # endregion local
    assert (change[:, 0] > 1e-12).tolist() == [True] * 4 + [False] * 5
