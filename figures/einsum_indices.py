"""einsum 的下标：两边都有、结果里没有的下标被求和。"""

import matplotlib.pyplot as plt
import torch

import house

COLORS = {
    "b": house.BLUE,
    "d": house.RED,
    "e": house.TEAL,
    "k": house.RED,
    "i": house.TEAL,
    "j": house.ORANGE,
}
fig, ax = house.canvas(11.2, 4.8)


def tensor(center, name, indices, sizes):
    """一个张量：名字和一排着色的下标，下面写大小。"""
    width = 0.75 * len(indices) + 0.5
    shape = house.box(ax, center, "", width=width, height=1.15, color=house.GREY)
    house.label(ax, (center[0], center[1] + 0.82), name, bold=True)
    for n, index in enumerate(indices):
        x = center[0] + (n - (len(indices) - 1) / 2) * 0.75
        house.label(ax, (x, center[1] + 0.14), index, color=COLORS[index], size=30, mono=True, bold=True)
        house.label(
            ax, (x, center[1] - 0.38), str(sizes[index]), color=house.MUTED, size=house.SMALL, mono=True
        )
    return shape


def row(y, names, equation, sizes, gone):
    """一个式子：两个操作数、一个结果。"""
    inputs, result = equation.split("->")
    left, right = inputs.split(",")
    a, b = (torch.zeros([sizes[k] for k in part]) for part in (left, right))
    assert torch.einsum(equation, a, b).shape == torch.Size([sizes[k] for k in result])
    tensor((1.7, y), names[0], left, sizes)
    tensor((5.0, y), names[1], right, sizes)
    c = tensor((9.4, y), names[2], result, sizes)
    house.label(ax, (3.35, y), "·", size=36)
    house.arrow(ax, (6.5, y), (c.left[0] - 0.1, y), f"对 {gone} 求和", color=house.RED, size=house.SMALL)


row(3.4, ("X", "W", "Y"), "bd,de->be", {"b": 2, "d": 3, "e": 4}, "d")
row(0.95, ("A", "B", "C"), "bik,bkj->bij", {"b": 10, "i": 3, "k": 4, "j": 5}, "k")
plt.show()
