# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Sequences of different lengths in one batch: padded and packed."""

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_sequence

torch.set_default_dtype(torch.float64)


def same(a, b):
    return [torch.allclose(one, other) for one, other in zip(a, b)]


torch.manual_seed(0)
lstm = nn.LSTM(8, 16, batch_first=True)
texts = [torch.randn(n, 8) for n in (5, 2, 3)]
alone = [lstm(s[None])[1][0][-1, 0] for s in texts]

# region pack
# alone：每句单独读完的状态
x = pad_sequence(texts, batch_first=True)
states, _ = lstm(x)          # 填充后一起读
print(same(states[:, -1], alone))

lengths = torch.tensor([5, 2, 3])
packed = pack_padded_sequence(
    x, lengths, batch_first=True,
    enforce_sorted=False)
_, (h, c) = lstm(packed)     # 打包后一起读
print(same(h[-1], alone))
# endregion pack
assert same(states[:, -1], alone) == [True, False, False] and same(h[-1], alone) == [True] * 3
assert packed.batch_sizes.tolist() == [3, 3, 2, 1, 1]
read, padded = len(packed.data), x.shape[0] * x.shape[1]
