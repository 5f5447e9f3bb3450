# /// script
# dependencies = ["torch", "numpy"]
# ///
"""How far a message gets: one hop a layer."""

import torch

from karate import adjacency

A = adjacency()

# region reach
seen = torch.zeros(34).bool()
seen[0] = True                   # 只有 0 号有消息
for layer in range(1, 4):
    seen = seen | (A @ seen.double() > 0)
    print(layer, int(seen.sum()))
# endregion reach
one, two, three = (
    int((torch.linalg.matrix_power(A + torch.eye(34), k)[0] > 0).sum()) for k in (1, 2, 3)
)
assert one == 17 and three == 34 == int(seen.sum())
