"""Broadcasting: (2, 2, 4) + (2, 4) repeats the smaller tensor along the batch."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

a = torch.arange(16).view(2, 2, 4)
c = torch.tensor([[10, 20, 30, 40], [50, 60, 70, 80]])
total = a + c

fig, ax = house.canvas(11.6, 4.9)
for row, middle in enumerate((3.6, 1.4)):
    first = row == 0
    house.matrix(
        ax,
        (2.1, middle),
        values=a[row],
        cell=0.66,
        color=house.BLUE,
        name=f"a {tuple(a.shape)}" if first else "",
        shape=f"a[{row}]",
    )
    house.label(ax, (3.9, middle), "+", mono=True)
    copy = house.matrix(
        ax,
        (5.7, middle),
        values=c,
        cell=0.66,
        color=house.ORANGE if first else house.GREY,
        name=f"c {tuple(c.shape)}" if first else "",
        shape="c" if first else "同一个 c，并不复制",
    )
    house.label(ax, (7.5, middle), "=", mono=True)
    house.matrix(
        ax,
        (9.4, middle),
        values=total[row],
        cell=0.66,
        color=house.TEAL,
        name=f"a + c {tuple(total.shape)}" if first else "",
        shape=f"(a + c)[{row}]",
    )
house.dimension(ax, (0.35, 0.72), (0.35, 4.28), "批次")
plt.show()
