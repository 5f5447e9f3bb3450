"""The measured gradient against distance: a linear recurrence, then RNN, GRU and LSTM."""

import json

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

learnt = Path(__file__).resolve().parents[2] / "snippets/07-sequence-models/learnt/gradients.json"
data = json.loads(learnt.read_text())

fig, (left, right) = house.figure(11.6, 4.8, cols=2)
for (size, norms), color, style in zip(
    data["linear"].items(), (house.BLUE, house.TEAL, house.RED), ("-", "--", "-.")
):
    left.semilogy(norms[:60], color=color, linestyle=style)
    left.annotate(
        f"奇异值 {size}",
        (44, norms[44]),
        (0, 9) if float(size) >= 1 else (6, 4),
        textcoords="offset points",
        color=color,
        fontsize=house.SMALL,
        ha="right" if float(size) >= 1 else "left",
    )
left.set(title="线性循环：指数", xlabel="相隔步数", ylabel="梯度的范数", ylim=(1e-19, 1e13))
names = {"RNN 0": "RNN", "GRU 0": "GRU", "LSTM 0": "LSTM", "LSTM 4": "LSTM，遗忘门 +4"}
for (name, g), color, style in zip(
    data["cells"].items(), (house.RED, house.TEAL, house.BLUE, house.ORANGE), (":", "--", "-", "-")
):
    right.semilogy(g, color=color, linestyle=style, label=names[name])
right.set(title="真的单元：刚初始化时", xlabel="相隔步数", ylabel="相对大小", ylim=(1e-20, 1e3))
right.legend(loc="lower left")
plt.show()
