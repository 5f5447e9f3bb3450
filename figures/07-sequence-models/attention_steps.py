"""One query against four keys: scores, softmax, weighted sum of the values; computed."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

import torch

q = torch.tensor([1.0, 0.0])
keys = torch.tensor([[2.0, 0.0], [0.0, 2.0], [1.0, 1.0], [-2.0, 0.0]])
values = torch.tensor([[9.0, 0.0], [0.0, 9.0], [6.0, 6.0], [1.0, 3.0]])
scores = keys @ q / 2**0.5
weights = scores.softmax(0)
out = weights @ values


def column(tensor, form="{:.1f}"):
    rows = tensor.reshape(len(tensor), -1).tolist()
    return [[form.format(v).replace("-", "−") for v in row] for row in rows]


fig, ax = house.canvas(11.6, 4.6)
y = 2.15
house.matrix(ax, (0.95, y), values=column(q[None], "{:.0f}"), cell=0.7, color=house.BLUE, name=r"问 $q$")
house.matrix(ax, (3.0, y), values=column(keys, "{:.0f}"), cell=0.7, color=house.ORANGE, name=r"钥匙 $k_i$")
house.matrix(
    ax, (5.15, y), values=column(scores), cell=0.7, color=house.PURPLE, name=r"$q\cdot k_i/\sqrt{2}$"
)
house.matrix(ax, (7.15, y), values=column(weights, "{:.2f}"), cell=0.7, color=house.RED, name="权重")
house.matrix(ax, (9.0, y), values=column(values, "{:.0f}"), cell=0.7, color=house.TEAL, name=r"内容 $v_i$")
house.matrix(ax, (10.85, y), values=column(out[None]), cell=0.7, color=house.TEAL, name="结果")
house.arrow(ax, (1.7, y), (2.25, y))
house.arrow(ax, (3.75, y), (4.75, y), "点积")
house.arrow(ax, (5.55, y), (6.75, y), "softmax")
house.label(ax, (7.9, y), "×", size=26)
house.arrow(ax, (9.75, y), (10.1, y), gap=0)
house.label(ax, (7.15, 0.4), f"合计 {weights.sum():.0f}", size=house.SMALL, color=house.RED)
house.label(ax, (10.4, 1.4), "按权重\n加起来", size=house.SMALL, color=house.MUTED)
plt.show()
