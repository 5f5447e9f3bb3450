"""Who lives where: the model and each batch go to the device, the data set stays in main memory."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

fig, ax = house.canvas(11.4, 4.6)
house.box(ax, (2.4, 2.3), width=4.4, height=4.3, color=house.GREY)
house.box(ax, (9.0, 2.3), width=4.4, height=4.3, color=house.TEAL)
house.label(ax, (2.4, 4.08), "主机：CPU 与内存", bold=True)
house.label(ax, (9.0, 4.08), "device：GPU 或 CPU", bold=True)
data = house.box(ax, (2.4, 3.2), "数据集、DataLoader", width=3.5, height=0.75, color=house.BLUE)
log = house.box(ax, (2.4, 0.8), "记录下来的数", width=3.5, height=0.75, color=house.BLUE)
batch = house.box(ax, (9.0, 3.2), "这一批的 X, y", width=3.5, height=0.75, color=house.BLUE)
model = house.box(
    ax, (9.0, 2.0), "参数、梯度、优化器状态", width=3.5, height=0.75, color=house.ORANGE, filled=True
)
loss = house.box(ax, (9.0, 0.8), "损失", width=3.5, height=0.75, color=house.RED)
house.arrow(ax, data.right, batch.left)
house.label(ax, (5.7, 3.48), ".to(device)", mono=True, size=house.SMALL)
house.arrow(ax, batch.bottom, model.top)
house.arrow(ax, model.bottom, loss.top)
house.arrow(ax, loss.left, log.right)
house.label(ax, (5.7, 1.08), ".item()", mono=True, size=house.SMALL)
plt.show()
