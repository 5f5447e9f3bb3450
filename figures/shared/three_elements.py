"""Model, data and optimiser around the training loop."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

fig, ax = house.canvas(11.6, 4.4)
data = house.box(ax, (1.5, 3.0), "数据集", width=2.1, height=1.1, color=house.BLUE, note="Dataset")
model = house.box(ax, (5.7, 3.0), "模型", width=2.1, height=1.1, color=house.ORANGE, note="nn.Module")
loss = house.box(ax, (9.9, 3.0), "损失", width=2.1, height=1.1, color=house.RED, note="loss")
optimizer = house.box(ax, (7.8, 0.75), "优化器", width=2.4, height=1.1, color=house.TEAL, note="optimizer")

house.arrow(ax, data.right, model.left, r"输入 $x$")
house.arrow(ax, model.right, loss.left, r"预测 $\hat{y}$")
house.arrow(ax, (loss.bottom[0], loss.bottom[1]), (9.05, 1.0), "", color=house.TEAL, bend=-0.25)
house.label(ax, (10.0, 1.5), r"梯度 $\nabla_\theta J$", color=house.TEAL, size=house.SMALL, ha="left")
house.arrow(ax, (6.55, 1.0), model.bottom, "", color=house.TEAL, bend=-0.25)
house.label(ax, (5.6, 1.5), r"新的参数 $\theta$", color=house.TEAL, size=house.SMALL, ha="right")
ax.annotate(
    "",
    (9.9, 3.58),
    (1.5, 3.58),
    arrowprops={
        "arrowstyle": "-|>,head_length=0.5,head_width=0.25",
        "color": house.BLUE,
        "linewidth": house.EDGE,
        "connectionstyle": "arc,angleA=90,angleB=90,armA=30,armB=30,rad=8",
    },
)
house.label(ax, (5.7, 4.22), r"标签 $y$", color=house.BLUE, size=house.SMALL)
plt.show()
