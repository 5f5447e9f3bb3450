# /// script
# dependencies = ["torch"]
# ///
"""One step of a GRU by hand, against nn.GRUCell, and the form of many textbooks."""

import torch
from torch import nn

# region torch
torch.manual_seed(0)
cell = nn.GRUCell(10, 20)
W, U = cell.weight_ih.chunk(3), cell.weight_hh.chunk(3)
b, d = cell.bias_ih.chunk(3), cell.bias_hh.chunk(3)

def step(x, h):
    def sums(k):                     # 0: r, 1: z, 2: n
        return x @ W[k].T + b[k], h @ U[k].T + d[k]
    r = sum(sums(0)).sigmoid()       # 重置门
    z = sum(sums(1)).sigmoid()       # 更新门
    new, old = sums(2)
    n = torch.tanh(new + r * old)    # 先乘矩阵，再过门
    return z * h + (1 - z) * n       # z 是旧状态的份额
# endregion torch

# region textbook
def textbook(x, h):
    r = (x @ W[0].T + b[0] + h @ U[0].T + d[0]).sigmoid()
    z = (x @ W[1].T + b[1] + h @ U[1].T + d[1]).sigmoid()
    n = torch.tanh(x @ W[2].T + b[2]
                   + (r * h) @ U[2].T + d[2])
    return (1 - z) * h + z * n       # z 是新状态的份额

x, h = torch.randn(4, 10), torch.randn(4, 20)
for form in (step, textbook):
    gap = (form(x, h) - cell(x, h)).abs().max()
    print(f"{form.__name__:9}{gap:.4f}")
# endregion textbook
gap_step = (step(x, h) - cell(x, h)).abs().max().item()
gap_textbook = (textbook(x, h) - cell(x, h)).abs().max().item()
assert gap_step < 1e-6 and gap_textbook > 0.1
