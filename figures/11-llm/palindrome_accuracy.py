"""回文的每个位置：BERT 与 GPT 猜对多少。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from parts import learnt

data = learnt("palindromes")
fig, ax = house.figure(11.2, 4.6)
n = len(data["bert"])
gpt, bert = ([100 * v for v in data[key]] for key in ("gpt", "bert"))
ax.plot(range(2, n + 1), gpt, color=house.ORANGE, marker="o", label="GPT：只看左边")
ax.plot(range(1, n + 1), bert, color=house.BLUE, marker="s", label="BERT：看两边")
ax.axhline(10, color=house.GREY, linestyle="--", linewidth=house.EDGE)
house.label(ax, (1, 13), "瞎猜", color=house.MUTED, size=house.SMALL, ha="left", va="bottom")
names = [f"{k}\n{c}" for k, c in enumerate("上海自来水来自海上", 1)]
ax.set_xticks(range(1, n + 1), names, fontsize=house.SMALL)
ax.set(xlabel="回文里的第几个字（下面是一个例子）", ylabel="猜对 (%)", ylim=(-4, 108))
ax.legend(loc="center left", bbox_to_anchor=(0.13, 0.55))
plt.show()
