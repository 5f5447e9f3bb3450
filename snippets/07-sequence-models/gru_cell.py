# /// script
# dependencies = ["torch", "numpy"]
# ///
"""One step of a GRU by hand, against nn.GRUCell, and the form of many textbooks."""

import torch
from torch import nn

torch.manual_seed(0)
cell = nn.GRUCell(10, 20)
W, U = cell.weight_ih.chunk(3), cell.weight_hh.chunk(3)
b, d = cell.bias_ih.chunk(3), cell.bias_hh.chunk(3)


# region torch
def step(x, h):
    new = [x @ W[k].T + b[k] for k in range(3)]
    old = [h @ U[k].T + d[k] for k in range(3)]
    r = (new[0] + old[0]).sigmoid()  # 重置门
    z = (new[1] + old[1]).sigmoid()  # 更新门
    n = (new[2] + r * old[2]).tanh() # 候选
    return z * h + (1 - z) * n
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
