"""训练三要素怎样转起来：数据集供样本，模型给答案，优化器照损失改参数。"""

import matplotlib.pyplot as plt

import house

fig, ax = house.canvas(11, 4.4)
data = house.box(ax, (1.5, 2.9), "数据集", width=2.2, height=1.1, color=house.BLUE)
model = house.box(ax, (5.3, 2.9), "模型", width=2.2, height=1.1, color=house.ORANGE)
loss = house.box(ax, (9.3, 2.9), "损失", width=2.2, height=1.1, color=house.RED)
optimiser = house.box(ax, (7.3, 0.8), "优化器", width=2.2, height=1.1, color=house.TEAL)
house.arrow(ax, data.right, model.left, "一批 $x$")
house.arrow(ax, model.right, loss.left, "预测")
house.arrow(ax, data.top, loss.top, "", bend=-0.16, color=house.BLUE)
house.label(ax, (5.4, 3.82), "标签 $y$", size=house.SMALL, color=house.BLUE)
house.arrow(ax, loss.bottom, optimiser.right, "", bend=-0.25, color=house.TEAL)
house.label(ax, (9.75, 1.2), "梯度", size=house.SMALL, color=house.TEAL)
house.arrow(ax, optimiser.left, model.bottom, "", bend=-0.25, color=house.TEAL)
house.label(ax, (4.95, 1.2), "新参数", size=house.SMALL, color=house.TEAL)
plt.show()
