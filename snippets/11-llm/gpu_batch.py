# /// script
# dependencies = ["torch", "numpy"]
# [tool.deckwright]
# device = "cuda"
# ///
"""One layer of a decoding step on a GPU for growing batches: reading the weights takes the time."""

import time

import torch
from torch import nn

kind = {"device": "cuda", "dtype": torch.bfloat16}


# region measure
def milliseconds(layer, x):
    layer(x)                      # 热身
    torch.cuda.synchronize()
    start = time.perf_counter()
    for _ in range(1000):
        layer(x)
    torch.cuda.synchronize()      # 等它算完
    return time.perf_counter() - start

layer = nn.Linear(8192, 8192, **kind)
for batch in (1, 4, 16, 64, 256):
    x = torch.randn(batch, 8192, **kind)
    print(batch, milliseconds(layer, x), "ms")
# endregion measure
