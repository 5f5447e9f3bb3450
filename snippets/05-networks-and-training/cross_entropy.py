# /// script
# dependencies = ["torch", "numpy"]
# ///
"""交叉熵的三种写法相等；先做 softmax 再交给 CrossEntropyLoss 就错了。"""

import math

import torch
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)

# region three_ways
z = torch.tensor([[2., 1., 0.],
                  [0., 3., 1.]])
label = torch.tensor([0, 2])
p = torch.softmax(z, dim=1)

onehot = F.one_hot(label, 3)
s = -(onehot * p.log()).sum(1)  # 对类别求和
print(f"{s.mean():.4f}")        # 对样本平均
print(f"{-p[[0, 1], label].log().mean():.4f}")
print(f"{F.cross_entropy(z, label):.4f}")
# endregion three_ways

# region twice
print(f"{F.cross_entropy(p, label):.4f}")
# endregion twice

# region uniform
even = torch.zeros(1, 10)
start = F.cross_entropy(even, torch.tensor([3]))
print(f"{start:.4f} {math.log(10):.4f}")
# endregion uniform

# region sure
sure = torch.tensor([[40., 0., 0.]])
floor = F.cross_entropy(torch.softmax(sure, 1), torch.tensor([0]))
# endregion sure

right = F.cross_entropy(z, label).item()
twice = F.cross_entropy(p, label).item()
start = start.item()
floor = floor.item()
assert math.isclose(right, s.mean()) and math.isclose(right, -p[[0, 1], label].log().mean())
assert abs(twice - right) > 0.01 and math.isclose(start, math.log(10))
assert math.isclose(floor, math.log(1 + 2 * math.exp(-1)), rel_tol=1e-6)
