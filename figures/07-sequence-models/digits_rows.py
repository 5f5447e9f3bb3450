"""A digit row by row, and how often the LSTM is right after so many rows."""

import json

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

from sklearn.datasets import load_digits

learnt = Path(__file__).resolve().parents[2] / "snippets/07-sequence-models/learnt"
after = json.loads((learnt / "rows.json").read_text())["after"]
image = load_digits().images[13]

fig, (left, right) = house.figure(11.4, 4.6, cols=2, width_ratios=(1, 1.7))
left.imshow(image, cmap="Greys")
left.set(title="一行是一步", ylabel="第几步", xticks=[], yticks=range(8), yticklabels=range(1, 9))
left.grid(False)
right.bar(
    range(1, 9),
    [100 * a for a in after],
    width=0.66,
    color=house.tint(house.TEAL, 0.45),
    edgecolor=house.TEAL,
)
right.set(
    title="读到这一行为止，猜对多少",
    xlabel="读了几行",
    ylabel="测试集准确率 (%)",
    xticks=range(1, 9),
    ylim=(0, 105),
)
right.axhline(10, color=house.MUTED, linestyle=":", linewidth=house.EDGE)
right.text(0.6, 14, "乱猜", color=house.MUTED, fontsize=house.SMALL)
plt.show()
