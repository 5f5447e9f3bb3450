# /// script
# dependencies = ["torch", "numpy"]
# ///
"""One step of an RNN by hand, against nn.RNN."""

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)

# region cell
rnn = nn.RNN(10, 20, batch_first=True)
W_xh, W_hh = rnn.weight_ih_l0, rnn.weight_hh_l0
b = rnn.bias_ih_l0 + rnn.bias_hh_l0

def cell(x, h):
    z = x @ W_xh.T + h @ W_hh.T + b
    return torch.tanh(z)

x = torch.randn(4, 1, 10)   # 4 个样本，1 步
h = cell(x[:, 0], torch.zeros(4, 20))
print(h.shape)
states, last = rnn(x)
print(torch.allclose(h, states[:, 0]))
# endregion cell

# region count
parameters = sum(p.numel() for p in rnn.parameters())
# endregion count
assert parameters == 20 * 10 + 20 * 20 + 2 * 20
assert torch.allclose(h, states[:, 0], atol=1e-6) and torch.equal(last[0], states[:, 0])
one_bias = parameters - 20
