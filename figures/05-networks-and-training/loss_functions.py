"""回归的损失随误差变化，分类的损失随正确类别的概率变化。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch.nn import functional as F

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

e = torch.linspace(-3, 3, 601)
zero = torch.zeros_like(e)
p = torch.linspace(0.005, 1, 600)

fig, (left, right) = house.figure(11.6, 4.9, cols=2)
regression = {
    "平方 $e^2$": F.mse_loss(e, zero, reduction="none"),
    "绝对值 $|e|$": F.l1_loss(e, zero, reduction="none"),
    "Huber": F.huber_loss(e, zero, reduction="none"),
}
styles = ("-", (0, (5, 2)), (0, (1.5, 1.5)))
for (name, loss), color, style in zip(regression.items(), house.COLORS, styles):
    left.plot(e, loss, color=color, linestyle=style, label=name)
left.set(title="回归：看误差", xlabel=r"误差 $e=\hat y-y$", ylabel="损失", ylim=(0, 5), xlim=(-3, 3))
left.legend(loc="upper center")
right.plot(p, -p.log(), color=house.RED, label=r"交叉熵 $-\ln p$")
right.plot(p, (1 - p) ** 2, color=house.GREY, linestyle=(0, (5, 2)), label="平方 $(1-p)^2$")
right.plot(0.1, -torch.tensor(0.1).log(), "o", color=house.INK)
offset = {"textcoords": "offset points", "fontsize": house.SMALL}
right.annotate(r"$p=0.1$：2.3", (0.1, 2.303), xytext=(12, 4), **offset)
right.set(title="分类：看正确类别的概率", xlabel="正确类别的概率 $p$", ylabel="损失")
right.set(ylim=(0, 5), xlim=(0, 1))
right.legend(loc="upper right")
plt.show()
