# /// script
# dependencies = ["torch", "numpy"]
# ///
"""A sequence classifier: LSTM, last state, linear head."""

import torch
from torch import nn


# region model
class LSTMModel(nn.Module):
    def __init__(self, inputs, hidden, outputs):
        super().__init__()
        self.lstm = nn.LSTM(inputs, hidden,
                            batch_first=True)
        self.head = nn.Linear(hidden, outputs)

    def forward(self, x):       # (批, 步, 特征)
        _, (h, _) = self.lstm(x)
        return self.head(h[-1])
# endregion model


# region shapes
torch.manual_seed(0)
model = LSTMModel(inputs=8, hidden=16, outputs=3)
x = torch.randn(4, 5, 8)
states, (h, c) = model.lstm(x)
print("states", *states.shape)
print("h     ", *h.shape)
print("c     ", *c.shape)
print("logits", *model(x).shape)
print(torch.equal(states[:, -1], h[-1]))
# endregion shapes
assert torch.equal(states[:, -1], h[-1])
