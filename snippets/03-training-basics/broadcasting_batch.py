# /// script
# dependencies = ["torch", "numpy"]
# ///
"""One operation treats every sample of a batch with the same parameters."""

import torch

# region product
torch.manual_seed(0)
batch = torch.randn(2, 2, 4)   # 两个样本
W = torch.randn(2, 4)          # 只有一份

print((batch * W).shape)
print((batch @ W.T).shape)

loop = torch.stack([x @ W.T for x in batch])
print(torch.allclose(batch @ W.T, loop))
# endregion product

assert torch.equal(batch * W, torch.stack([x * W for x in batch]))
