"""池化的窗口在特征图上走：最大池化留下最大的数，平均池化留下平均数。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from matplotlib.animation import FuncAnimation

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

x = torch.tensor([[1, 3, 2, 0], [5, 7, 1, 1], [0, 2, 8, 4], [2, 0, 6, 2]])
largest = F.max_pool2d(x[None, None].double(), 2)[0, 0]
mean = F.avg_pool2d(x[None, None].double(), 2)[0, 0]
fig, ax = house.canvas(5.0, 3.2)
frame = ax.axis()


def draw(step):
    """窗口停在第 step 处。"""
    ax.clear()
    ax.axis("off")
    ax.axis(frame)
    step = min(step, 3)
    i, j = divmod(step, 2)
    window = [(2 * i + m, 2 * j + n) for m in range(2) for n in range(2)]
    house.matrix(ax, (1.3, 1.45), values=x, cell=0.56, marked=window, size=house.TEXT, name="特征图")
    kinds = ((2.24, largest, "最大池化", "{:.0f}"), (0.66, mean, "平均池化", "{:.0f}"))
    for middle, values, name, fmt in kinds:
        shown = [[fmt.format(values[r, c]) if 2 * r + c <= step else "" for c in range(2)] for r in range(2)]
        small = house.matrix(
            ax, (3.95, middle), values=shown, cell=0.56, color=house.TEAL, marked=[(i, j)], name=name
        )
        house.arrow(ax, (2.5, 1.45), (small.left[0] - 0.02, middle), color=house.MUTED)


animation = FuncAnimation(fig, draw, frames=7, interval=900)
draw(3)
plt.show()
