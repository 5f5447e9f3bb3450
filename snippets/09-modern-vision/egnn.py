# /// script
# dependencies = ["torch", "numpy"]
# ///
"""A layer of an E(n) equivariant graph network, and its proof by numbers."""

import torch
from torch import nn

torch.set_default_dtype(torch.float64)


class EGNN(nn.Module):
    def __init__(self, dim, hidden=16):
        super().__init__()

        def net(i, o):
            return nn.Sequential(nn.Linear(i, hidden), nn.SiLU(), nn.Linear(hidden, o))

        self.edge = net(2 * dim + 1, hidden)
        self.move = net(hidden, 1)
        self.node = net(dim + hidden, dim)

    # region layer
    def forward(self, h, x):     # 特征 (N, D)，坐标 (N, 3)
        n = len(x)
        diff = x[:, None] - x    # (N, N, 3)
        d2 = (diff**2).sum(-1, keepdim=True)
        a = h[:, None].expand(n, n, -1)
        m = self.edge(torch.cat(
            [a, a.transpose(0, 1), d2], dim=-1))
        off = 1 - torch.eye(n)[..., None]
        x = x + (off * diff * self.move(m)).sum(1) / (n - 1)
        m = (off * m).sum(1)
        return h + self.node(torch.cat([h, m], dim=-1)), x
    # endregion layer


if __name__ == "__main__":
    torch.manual_seed(0)
    layers = EGNN(4), EGNN(4)
    h, x = torch.randn(6, 4), torch.randn(6, 3)

    def run(h, x):
        for layer in layers:
            h, x = layer(h, x)
        return h, x

    # region proof
    Q = torch.linalg.qr(torch.randn(3, 3)).Q
    R, t = Q * Q.det(), torch.randn(3)
    for name, A in (("旋转", R), ("镜像", -R)):
        h1, x1 = run(h, x)
        h2, x2 = run(h, x @ A.T + t)
        same = torch.allclose(h1, h2)
        alike = torch.allclose(x1 @ A.T + t, x2)
        print(name, f"{A.det():+.0f}", same, alike)
    order = torch.randperm(6)     # 换个编号
    h3, x3 = run(h[order], x[order])
    print("换号", torch.allclose(h1[order], h3),
          torch.allclose(x1[order], x3))
    # endregion proof
    worst = max((h1 - h2).abs().max(), (x1 @ A.T + t - x2).abs().max()).item()
    moved = (x1 - x).norm(dim=1).mean().item()
    assert worst < 1e-9 and moved > 0.01
    for A in (R, -R):
        assert torch.allclose(A @ A.T, torch.eye(3)) and torch.allclose(run(h, x @ A.T + t)[0], h1)
    # What is not in E(n): stretching by two.
    assert not torch.allclose(run(h, 2 * x)[1], 2 * x1)
