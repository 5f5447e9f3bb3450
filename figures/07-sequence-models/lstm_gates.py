"""Three gates at work on four numbers; every number is computed."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

import torch

c_old = torch.tensor([[2.0], [-1.0], [0.5], [1.5]])
f = torch.tensor([[1.0], [0.0], [0.9], [0.5]])
g = torch.tensor([[0.8], [0.6], [-0.5], [0.1]])
i = torch.tensor([[0.0], [1.0], [0.1], [0.5]])
o = torch.tensor([[1.0], [1.0], [0.0], [0.5]])
c = f * c_old + i * g
h = o * c.tanh()

fig, ax = house.canvas(11.6, 4.5)
columns = [
    (c_old, r"$c_{t-1}$", house.TEAL),
    "×",
    (f, r"遗忘门 $f$", house.ORANGE),
    "+",
    (g, r"候选 $g$", house.PURPLE),
    "×",
    (i, r"输入门 $i$", house.ORANGE),
    "=",
    (c, r"$c_t$", house.TEAL),
    "→",
    (o, r"输出门 $o$", house.ORANGE),
    "=",
    (h, r"$h_t$", house.BLUE),
]
x = 0.75
for column in columns:
    if isinstance(column, str):
        if column == "→":
            house.label(ax, (x + 0.05, 2.2), "tanh\n×", size=house.SMALL)
        else:
            house.label(ax, (x, 2.2), column, size=26)
        x += 0.82
        continue
    values, name, color = column
    signed = [[f"{v:.1f}".replace("-", "−") if abs(v) > 0.04 else "0"] for v in values[:, 0].tolist()]
    house.matrix(ax, (x, 2.2), values=signed, cell=0.8, color=color, name=name)
    x += 0.88
plt.show()
