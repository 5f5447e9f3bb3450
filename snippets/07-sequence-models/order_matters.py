# /// script
# dependencies = ["torch", "numpy"]
# ///
"""The average of word vectors forgets the order; a recurrent state does not."""

import torch
from torch import nn

torch.manual_seed(0)

# region order
embed = nn.Embedding(3, 4)
number = {"人": 0, "狗": 1, "咬": 2}

def vectors(text):
    ids = [number[word] for word in text]
    return embed(torch.tensor(ids))

a, b = vectors("狗咬人"), vectors("人咬狗")
print(torch.allclose(a.mean(0), b.mean(0)))

rnn = nn.RNN(4, 4)
(_, h_a), (_, h_b) = rnn(a), rnn(b)
print(torch.allclose(h_a, h_b))
# endregion order
assert torch.allclose(a.mean(0), b.mean(0)) and not torch.allclose(h_a, h_b, atol=0.01)
