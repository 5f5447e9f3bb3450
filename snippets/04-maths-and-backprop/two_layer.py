# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Linear, ReLU, linear, softmax, cross-entropy: every gradient by hand, against autograd."""

import torch
from torch.nn import functional as F

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)

N, d, h, C = 8, 5, 6, 3
X, labels = torch.randn(N, d), torch.randint(C, (N,))
Y = F.one_hot(labels, C).double()
W1, b1 = torch.randn(h, d, requires_grad=True), torch.randn(h, requires_grad=True)
W2, b2 = torch.randn(C, h, requires_grad=True), torch.randn(C, requires_grad=True)

# region network
# region forward
Z1 = X @ W1.T + b1         # (N, h)
A1 = Z1.relu()
Z2 = A1 @ W2.T + b2        # (N, C)
P = Z2.softmax(1)          # 预测的概率
J = -(Y * P.log()).sum(1).mean()
# endregion forward
# region backward
with torch.no_grad():
    dZ2 = (P - Y) / N      # 交叉熵 + softmax
    dW2, db2 = dZ2.T @ A1, dZ2.sum(0)
    dA1 = dZ2 @ W2
    dZ1 = dA1 * (Z1 > 0)   # ReLU：关着的不传
    dW1, db1 = dZ1.T @ X, dZ1.sum(0)
# endregion backward
# endregion network

# region compare
J.backward()                       # autograd 的答案
for name, p, mine in [("W1", W1, dW1), ("b1", b1, db1),
                      ("W2", W2, dW2), ("b2", b2, db2)]:
    gap = (p.grad - mine).abs().max()
    print(name, bool(gap < 1e-12), end="   ")
# endregion compare

parameters = sum(p.numel() for p in (W1, b1, W2, b2))
assert torch.isclose(J, F.cross_entropy(Z2, labels))
for p, mine in [(W1, dW1), (b1, db1), (W2, dW2), (b2, db2)]:
    assert torch.allclose(p.grad, mine, atol=1e-12)
# one sample as a column, as in books: dW2 = dz2 a1^T, da1 = W2^T dz2, dW1 = dz1 x^T
with torch.no_grad():
    sums = torch.zeros_like(W2), torch.zeros_like(W1)
    for i in range(N):
        dz2 = P[i] - Y[i]
        dz1 = (W2.T @ dz2) * (Z1[i] > 0)
        sums = sums[0] + torch.outer(dz2, A1[i]), sums[1] + torch.outer(dz1, X[i])
    assert torch.allclose(sums[0] / N, dW2) and torch.allclose(sums[1] / N, dW1)
