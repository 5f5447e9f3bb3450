# /// script
# dependencies = ["torch"]
# ///
"""Sequences of different lengths in one batch: padded and packed."""

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_sequence

torch.set_default_dtype(torch.float64)

# region pad
torch.manual_seed(0)
lstm = nn.LSTM(8, 16, batch_first=True)
sequences = [torch.randn(n, 8) for n in (5, 2, 3)]
lengths = torch.tensor([len(s) for s in sequences])
x = pad_sequence(sequences, batch_first=True)
print(x.shape)

alone = torch.stack([lstm(s[None])[1][0][-1, 0]
                     for s in sequences])
states, _ = lstm(x)
print([torch.allclose(a, b) for a, b in zip(states[:, -1], alone)])
# endregion pad

# region pack
packed = pack_padded_sequence(x, lengths, batch_first=True,
                              enforce_sorted=False)
_, (h, c) = lstm(packed)
print([torch.allclose(a, b) for a, b in zip(h[-1], alone)])
print("rows", len(packed.data), "of", x.shape[0] * x.shape[1])
print("batch sizes", packed.batch_sizes.tolist())
# endregion pack
assert torch.allclose(h[-1], alone)
assert [torch.allclose(a, b) for a, b in zip(states[:, -1], alone)] == [True, False, False]
