# /// script
# dependencies = ["torch", "numpy"]
# ///
"""An RNN unrolled: one cell, used at every step; its weight's gradient is the sum over the steps."""

import torch
from torch import nn

torch.set_default_dtype(torch.float64)

# region setup
torch.manual_seed(0)
rnn = nn.RNN(10, 20, batch_first=True)
out = nn.Linear(20, 3)
W_xh, W_hh, b_xh, b_hh = rnn.parameters()
# endregion setup

# region unroll
def unroll(x, weights):
    h, states = torch.zeros(len(x), 20), []
    for t, W in enumerate(weights):
        h = torch.tanh(x[:, t] @ W_xh.T + b_xh
                       + h @ W.T + b_hh)
        states.append(h)
    return torch.stack(states, dim=1)

x = torch.randn(4, 6, 10)   # 4 个样本，6 步
states = unroll(x, [W_hh] * 6)
print(torch.allclose(states, rnn(x)[0]))
print(states.shape)
print(out(states).shape)
# endregion unroll
assert torch.allclose(states, rnn(x)[0])

# region shared
out(rnn(x)[0]).sum().backward()   # 共用一份

copies = [W_hh.detach().clone()   # 每步一份
          for t in range(6)]
for W in copies:
    W.requires_grad_()
out(unroll(x, copies)).sum().backward()

for t, W in enumerate(copies, start=1):
    print(t, f"{W.grad.norm():.2f}")
total = sum(W.grad for W in copies)
print(torch.allclose(total, W_hh.grad))
# endregion shared
assert torch.allclose(total, W_hh.grad)
assert copies[0].grad.norm() == 0    # the first step multiplies W_hh with the zero state
