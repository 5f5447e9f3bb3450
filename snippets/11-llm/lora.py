# /// script
# dependencies = ["torch", "numpy"]
# ///
"""LoRA by hand: freeze W, learn a thin product beside it, merge it in the end."""

import torch
from torch import nn
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
P = nn.Parameter


# region lora
class LoRA(nn.Module):
    def __init__(self, base, rank=8, alpha=16):
        super().__init__()
        self.base = base.requires_grad_(False)
        m, n = base.weight.shape
        self.A = P(torch.randn(rank, n) / rank)
        self.B = P(torch.zeros(m, rank))
        self.s = alpha / rank
    def forward(self, x):
        thin = x @ self.A.T @ self.B.T
        return self.base(x) + self.s * thin
    def merged(self):
        W = self.base.weight
        return W + self.s * self.B @ self.A
# endregion lora


if __name__ == "__main__":
    # region use
    torch.manual_seed(0)
    linear = nn.Linear(256, 256)
    layer = LoRA(linear)
    x = torch.randn(64, 256)
    print("start: ", torch.equal(layer(x), linear(x)))

    target = x @ torch.randn(256, 256).T         # 随便学点什么
    adam = torch.optim.Adam([layer.A, layer.B], lr=1e-2)
    for _ in range(20):
        adam.zero_grad()
        F.mse_loss(layer(x), target).backward()
        adam.step()

    merged = F.linear(x, layer.merged(), linear.bias)
    print("merged:", torch.allclose(layer(x), merged))
    print("W.grad:", linear.weight.grad)
    # endregion use
    assert linear.weight.grad is None and torch.allclose(layer(x), merged)
    assert not torch.allclose(layer(x), linear(x))


    # region count
    def lora_size(inputs, out, rank):
        return rank * (inputs + out)

    full = 4096 * 4096
    thin = lora_size(4096, 4096, rank=8)
    print(f"{full:,} or {thin:,}: {thin / full:.2%}")
    # endregion count
    share = thin / full
    assert thin == 65_536
