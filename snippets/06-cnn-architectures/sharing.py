# /// script
# dependencies = ["torch", "numpy"]
# ///
"""同样大小的一层，全连接和卷积各要多少参数？"""

from torch import nn


# region compare
def count(layer):
    return sum(p.numel() for p in layer.parameters())

dense = count(nn.Linear(28 * 28, 28 * 28))
conv = count(nn.Conv2d(1, 1, 3, padding=1))
print(f"全连接 {dense:,}")
print(f"卷积   {conv:,}")
wide = count(nn.Conv2d(64, 128, 3))
print(f"64 → 128 通道 {wide:,}")
# endregion compare

ratio = dense // conv
assert dense == 784 * 784 + 784 == 615_440
assert conv == 3 * 3 + 1
assert wide == 128 * (64 * 3 * 3 + 1)
