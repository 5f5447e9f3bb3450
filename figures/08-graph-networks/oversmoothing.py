"""With depth, features become alike and accuracy falls; skip connections hold it."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

import json

from parts import LEARNT

data = json.loads((LEARNT / "depth.json").read_text())
fig, (left, right) = house.figure(11.4, 4.5, cols=2)
left.plot(data["alike"], color=house.BLUE)
left.set(xlabel="传播的次数 (不训练)", ylabel="两两余弦的平均", ylim=(-0.05, 1.05), title="越传越像")
x = range(len(data["depths"]))
right.plot(x, [100 * a for a in data["plain"]], color=house.RED, marker="o")
right.plot(x, [100 * a for a in data["skip"]], color=house.TEAL, marker="s", linestyle="--")
right.set_xticks(list(x), data["depths"])
right.set(xlabel="GCN 的层数 (训练后)", ylabel="准确率 (%)", ylim=(15, 105), title="太深，反而不会")
right.text(2.1, 38, "普通", color=house.RED, fontsize=house.TEXT)
right.text(2.1, 80, "加残差", color=house.TEAL, fontsize=house.TEXT)
plt.show()
