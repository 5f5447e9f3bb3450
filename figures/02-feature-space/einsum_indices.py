"""einsum 的下标：两边都有、结果里没有的下标被求和。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

COLORS = {
    "b": house.BLUE,
    "d": house.RED,
    "e": house.TEAL,
    "k": house.RED,
    "i": house.TEAL,
    "j": house.ORANGE,
}
fig, ax = house.canvas(11.6, 5.55)


def tensor(center, name, indices, sizes):
    """一个张量：名字和一排着色的下标，下面写大小。"""
    width = 0.75 * len(indices) + 0.5
    shape = house.box(ax, center, "", width=width, height=1.15, color=house.GREY)
    house.label(ax, (center[0], center[1] + 0.78), f"${name}$", size=22)
    for n, index in enumerate(indices):
        x = center[0] + (n - (len(indices) - 1) / 2) * 0.75
        house.label(
            ax,
            (x, center[1] + 0.02),
            index,
            color=COLORS[index],
            size=30,
            mono=True,
            bold=True,
            va="baseline",
        )
        house.label(
            ax, (x, center[1] - 0.38), str(sizes[index]), color=house.MUTED, size=house.SMALL, mono=True
        )
    return shape


def row(y, names, equation, sizes, gone):
    """一个式子：公式和它的写法，下面是两个操作数、一个结果。"""
    inputs, result = equation.split("->")
    left, right = inputs.split(",")
    a, b = (torch.zeros([sizes[k] for k in part]) for part in (left, right))
    assert torch.einsum(equation, a, b).shape == torch.Size([sizes[k] for k in result])
    formula = rf"${names[2]}_{{{result}}} = \sum_{gone} {names[0]}_{{{left}}}\,{names[1]}_{{{right}}}$"
    house.label(ax, (1.8, y + 1.6), formula, size=24)
    house.label(ax, (7.6, y + 1.6), f'"{equation}"', mono=True, size=20)
    house.arrow(ax, (4.1, y + 1.6), (5.6, y + 1.6), "抄下标", color=house.MUTED)
    tensor((1.8, y), names[0], left, sizes)
    tensor((5.2, y), names[1], right, sizes)
    c = tensor((9.8, y), names[2], result, sizes)
    house.label(ax, (3.5, y), "·", size=36)
    house.arrow(ax, (6.7, y), (c.left[0] - 0.1, y), f"对 {gone} 求和", color=house.RED)


row(3.4, ("X", "W", "Y"), "bd,de->be", {"b": 2, "d": 3, "e": 4}, "d")
row(0.62, ("A", "B", "C"), "bik,bkj->bij", {"b": 10, "i": 3, "k": 4, "j": 5}, "k")
plt.show()
