"""监督微调：题目不算损失，只算回答。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from parts import cells

fig, ax = house.canvas(11.8, 3.9)
prompt, answer = list("用户：春天的诗？助手："), list("春眠不觉晓。")
W = 0.67
row = cells(ax, 0.15, 2.9, prompt + answer, [house.GREY] * len(prompt) + [house.TEAL] * len(answer), width=W)
target = [*prompt[1:], *answer]
labels = ["×"] * (len(prompt) - 1) + answer
for k, (text, shape) in enumerate(zip(labels, row)):
    counted = text != "×"
    color = house.ORANGE if counted else house.GREY
    house.arrow(ax, shape.bottom, (shape.center[0], 1.72), color=color, gap=2)
    house.box(ax, (shape.center[0], 1.4), text, width=W * 0.92, height=0.62, color=color, filled=counted)
house.label(ax, (0.15 + 5 * W, 0.65), "猜题目的字：标签 −100，不算", color=house.MUTED)
house.label(ax, (0.15 + 13.2 * W, 0.65), "猜回答的字：算损失", color=house.ORANGE)
plt.show()
