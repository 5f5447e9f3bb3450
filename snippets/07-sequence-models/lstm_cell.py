# /// script
# dependencies = ["torch", "numpy"]
# ///
"""One step of an LSTM by hand, against nn.LSTMCell."""

import torch
from torch import nn

# region step
torch.manual_seed(0)
cell = nn.LSTMCell(10, 20)

def step(x, h, c):
    z = (x @ cell.weight_ih.T + cell.bias_ih
         + h @ cell.weight_hh.T + cell.bias_hh)
    i, f, g, o = z.chunk(4, dim=1)
    i = i.sigmoid()
    f = f.sigmoid()
    o = o.sigmoid()
    c = f * c + i * g.tanh()  # 忘一点，记一点
    h = o * c.tanh()          # 给外面看
    return h, c
# endregion step

# region check
x, h, c = (torch.randn(4, n) for n in (10, 20, 20))
mine, theirs = step(x, h, c), cell(x, (h, c))
for name, a, b in zip("hc", mine, theirs):
    print(name, torch.allclose(a, b, atol=1e-6))
print("W", *cell.weight_ih.shape)
print("U", *cell.weight_hh.shape)
# endregion check
assert all(torch.allclose(a, b, atol=1e-6) for a, b in zip(mine, theirs))
