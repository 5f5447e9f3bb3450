# /// script
# dependencies = ["torch", "numpy"]
# ///
"""The probability of a text is the product of its conditionals; training averages their logarithms."""

import torch
from torch.nn import functional as F

from gpt import GPT
from poems import alphabet, encode

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
model = GPT(len(alphabet), dim=32, heads=4, depth=2, context=25)

# region chain
text = torch.tensor(encode("。床前明月光"))  # 。也当开头
x, y = text[:-1], text[1:]
logits = model(x[None])[0]                   # 一次前向

logp = 0                                     # 一个一个地问
for t in range(len(y)):
    p = model(x[None, :t + 1])[0, -1].softmax(-1)
    logp += p[y[t]].log()

loss = F.cross_entropy(logits, y)            # 训练的损失
print(f"{logp:.4f} {-loss * len(y):.4f}")
# endregion chain
assert torch.allclose(logp, -loss * len(y))
