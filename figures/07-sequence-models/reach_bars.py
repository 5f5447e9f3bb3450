"""What is left of the gradient 50 steps back, on a log axis."""

import json
import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

learnt = Path(__file__).resolve().parents[2] / "snippets/07-sequence-models/learnt"
cells = json.loads((learnt / "gradients.json").read_text())["cells"]
names = ("RNN 0", "GRU 0", "LSTM 0", "LSTM 4")
labels = ("RNN", "GRU", "LSTM", "LSTM +4")
colors = (house.RED, house.TEAL, house.BLUE, house.ORANGE)
fig, ax = house.figure(5.0, 2.8)
left = 1e-17
ax.barh(
    labels, [cells[name][50] - left for name in names], left=left, height=0.6,
    color=[house.tint(color, 0.5) for color in colors], edgecolor=colors,
)
ax.set_xscale("log")
ax.set_xlim(left, 3)
ax.set_xticks((1e-15, 1e-10, 1e-5, 1))
ax.minorticks_off()
ax.invert_yaxis()
ax.set_xlabel("相隔 50 步，梯度剩下几分之几")
plt.show()
