# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Who takes sequences of any length?"""

import torch
from torch import nn

# region lengths
mlp = nn.Sequential(nn.Flatten(),
                    nn.Linear(5 * 8, 16))
cnn = nn.Sequential(nn.Conv1d(8, 16, 3),
                    nn.AdaptiveAvgPool1d(1))
rnn = nn.RNN(8, 16, batch_first=True)
for length in (5, 9):
    x = torch.randn(1, length, 8)
    print(length, "cnn", cnn(x.mT).shape[1])
    print(length, "rnn", rnn(x)[1].shape[2])
    try:
        print(length, "mlp", mlp(x).shape[1])
    except RuntimeError:
        print(length, "mlp", "error")
# endregion lengths
assert cnn(x.mT)[..., 0].shape == rnn(x)[1][0].shape == (1, 16)
