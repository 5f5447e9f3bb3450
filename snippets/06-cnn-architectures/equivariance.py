# /// script
# dependencies = ["torch", "numpy"]
# ///
"""平移：特征图跟着走（等变）；全局池化之后不变（不变）。旋转：两样都不成立。"""

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)


def largest(difference):
    return difference.abs().max().item()


# region test
x = torch.zeros(1, 1, 12, 12)
x[..., 3:5, 2:8] = 1            # 一根横条

def gap(stride, move):
    conv = nn.Sequential(nn.Conv2d(
        1, 4, 3, stride, padding=1,
        padding_mode="circular"), nn.ReLU())
    one = conv(move(x, 1))       # 先移再卷
    two = move(conv(x), stride)  # 先卷再移
    means = one.mean((2, 3)), two.mean((2, 3))
    return (largest(one - two),
            largest(means[0] - means[1]))
# endregion test


def shift(by):
    return lambda x, stride: x.roll(by if stride == 1 else by // stride, dims=3)


def turn(x, stride):
    return x.rot90(dims=(2, 3))


# region results
for name, stride, move in [("移 3 格，步长 1", 1, shift(3)),
                           ("移 2 格，步长 2", 2, shift(2)),
                           ("移 1 格，步长 2", 2, shift(1)),
                           ("转 90度，步长 1", 1, turn)]:
    maps, pooled = gap(stride, move)
    print(f"{name} {maps:.3f} {pooled:.3f}")
# endregion results

exact, _ = gap(1, shift(3))
assert max(gap(1, shift(3))) < 1e-12 and max(gap(2, shift(2))) < 1e-12
assert gap(2, shift(1))[0] > 0.1 and min(gap(1, turn)) > 0.01
