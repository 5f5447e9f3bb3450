# /// script
# dependencies = ["torch", "numpy"]
# ///
"""How much of the gradient of the last output reaches an earlier input?"""

import json
from pathlib import Path

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
T, H = 100, 32


# region measure
def reaches(kind, keep=0):
    torch.manual_seed(0)
    rnn = kind(8, H)
    if keep:                  # 遗忘门的偏置
        rnn.bias_ih_l0.data[H:2 * H] += keep
    x = torch.randn(T, 16, 8, requires_grad=True)
    states, _ = rnn(x)
    states[-1].sum().backward()
    return x.grad.flatten(1).norm(dim=1)

for kind, keep in ((nn.RNN, 0), (nn.GRU, 0),
                   (nn.LSTM, 0), (nn.LSTM, 4)):
    g = reaches(kind, keep)
    left = (g[-51] / g[-1]).item()
    print(f"{kind.__name__:5}{keep} {left:.0e}")
# endregion measure

# region save
curves = {f"{kind.__name__} {keep}": reaches(kind, keep).flip(0)
          for kind, keep in ((nn.RNN, 0), (nn.GRU, 0), (nn.LSTM, 0), (nn.LSTM, 4))}
Q = nn.init.orthogonal_(torch.empty(H, H))
linear = {}
for size in (0.5, 1.0, 1.5):
    product, linear[size] = torch.eye(H), []
    for k in range(60):
        linear[size].append(torch.linalg.matrix_norm(product, 2).item())
        product = size * Q @ product
learnt = {
    "cells": {name: [float(f"{v:.4g}") for v in (g / g[0]).tolist()] for name, g in curves.items()},
    "linear": {size: [float(f"{v:.4g}") for v in row] for size, row in linear.items()},
}
(Path(__file__).resolve().parent / "learnt" / "gradients.json").write_text(json.dumps(learnt))
# endregion save
kept = {name: float(g[50] / g[0]) for name, g in curves.items()}
assert kept["RNN 0"] < kept["LSTM 0"] < 1e-3 < kept["LSTM 4"]
