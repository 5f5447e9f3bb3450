# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Dataset 管“有什么”，DataLoader 管“怎么取”。"""

import torch
from torch.utils.data import DataLoader, Dataset

torch.manual_seed(0)


# region dataset
class Squares(Dataset):
    """第 i 个样本：(i, i²)"""
    def __len__(self):
        return 10

    def __getitem__(self, i):
        return i, i * i
# endregion dataset


# region loader
loader = DataLoader(Squares(), batch_size=4,
                    shuffle=True)
for x, y in loader:
    print(x.tolist(), "->", y.tolist())
# endregion loader

batches = len(loader)
assert batches == 3
seen = sorted(value for x, _ in loader for value in x.tolist())
assert seen == list(range(10))
