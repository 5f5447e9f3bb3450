# /// script
# dependencies = ["torch", "numpy"]
# ///
"""反向缩放的 dropout：训练时关掉一部分、放大其余；评估时什么也不做。"""

import torch
from torch import nn

torch.set_default_dtype(torch.float64)


# region by_hand
def dropout(x, p, training):
    if not training:
        return x
    keep = torch.rand_like(x) >= p
    return keep * x / (1 - p)    # 留下的放大
# endregion by_hand


# region use
torch.manual_seed(0)
x = torch.ones(100_000)
layer = nn.Dropout(p=0.25)
for y in (dropout(x, 0.25, True), layer.train()(x)):
    print(*[f"{v:.2f}" for v in y.unique()],
          f"mean {y.mean():.2f}")
print("eval", layer.eval()(x).unique().item())
# endregion use

by_hand = dropout(x, 0.25, True)
assert torch.allclose(by_hand.unique(), torch.tensor([0, 4 / 3]))
assert torch.allclose(layer.train()(x).unique(), torch.tensor([0, 4 / 3]))
assert abs(by_hand.mean() - 1) < 0.01 and torch.equal(layer.eval()(x), x)
