"""GRPO 训练：正确率与 KL，有无 KL 项。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from parts import learnt

curves = learnt("grpo")["curves"]
fig, (left, right) = house.figure(11.6, 4.6, cols=2)
for beta, color, style in (("0.0", house.ORANGE, "--"), ("0.1", house.BLUE, "-")):
    name = r"$\beta$ = " + beta
    left.plot([100 * v for v in curves[beta]["reward"]], style, color=color, label=name)
    right.plot(curves[beta]["kl"], style, color=color, label=name)
left.set(xlabel="第几轮", ylabel="答对 (%)", ylim=(0, 103))
right.set(xlabel="第几轮", ylabel="离出发时多远（KL，nat）")
left.legend(loc="lower right")
plt.show()
