"""Through one vector or with attention: learning curves, and accuracy by place of the written digit."""

import json

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

import numpy as np

learnt = Path(__file__).resolve().parents[2] / "snippets/07-sequence-models/learnt"
data = json.loads((learnt / "seq2seq.json").read_text())
looks = {"Seq2Seq": ("只有一个向量", house.RED, "--", "s"), "Attentive": ("带注意力", house.TEAL, "-", "o")}

fig, (left, right) = house.figure(11.6, 4.7, cols=2)
for key, (name, color, style, marker) in looks.items():
    curve = 100 * np.array(data["curves"][key]).reshape(-1, 10).mean(1)
    left.plot(np.arange(len(curve)) * 10 + 5, curve, color=color, linestyle=style, label=name)
    places = 100 * np.array(data["by_place"][key])
    right.plot(range(1, len(places) + 1), places, color=color, linestyle=style, marker=marker, label=name)
left.set(title="训练中", xlabel="更新步数", ylabel="写对的数字 (%)", ylim=(0, 105))
right.set(title="训练后，自己一个个写", xlabel="写到第几个", ylabel="写对的数字 (%)", ylim=(0, 105))
left.legend(loc="lower right")
plt.show()
