# /// script
# dependencies = ["torch", "numpy"]
# ///
"""The causal mask: what comes later cannot change what was said before."""

import torch

from multi_head import MultiHead

torch.set_default_dtype(torch.float64)

# region causal
torch.manual_seed(0)
layer = MultiHead(16, heads=2)
x = torch.randn(1, 6, 16)
other = x.clone()
other[:, 4:] = torch.randn(1, 2, 16)  # 改后两个

causal = torch.ones(6, 6).tril().bool()
for mask in (None, causal):
    gap = layer(x, mask) - layer(other, mask)
    same = gap.abs().amax(-1)[0] < 1e-9
    print(same.long().tolist())
# endregion causal
assert same.tolist() == [True] * 4 + [False] * 2

# region padding
lengths = torch.tensor([6, 4])
real = torch.arange(6) < lengths[:, None]     # (2, 6)
mask = real[:, None, None, :]                 # 广播到头和行
x = torch.randn(2, 6, 16)
short = layer(x[1:, :4])
long = layer(x, mask)[1:, :4]
print(*mask.shape, torch.allclose(short, long))
# endregion padding
assert torch.allclose(short, long)
