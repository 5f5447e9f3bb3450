# /// script
# dependencies = ["torch", "numpy"]
# ///
"""RNN, GRU, LSTM: the same shapes, one, three and four times the weights."""

import torch
from torch import nn

# region count
x = torch.zeros(4, 5, 10)
for kind in (nn.RNN, nn.GRU, nn.LSTM):
    model = kind(10, 20, batch_first=True)
    n = sum(p.numel() for p in model.parameters())
    print(f"{kind.__name__:5}{n:5}", *model(x)[0].shape)
# endregion count
rnn, gru, lstm = (
    sum(p.numel() for p in kind(10, 20).parameters()) for kind in (nn.RNN, nn.GRU, nn.LSTM))
assert (rnn, gru, lstm) == (640, 1920, 2560)
