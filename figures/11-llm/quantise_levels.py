"""一行特别大：整个张量一个刻度，普通的行只剩几格。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

sys.path.append(str(Path(__file__).resolve().parents[2] / "snippets/11-llm"))
from quantise import quantise, weights

w = weights()
row = w[0]
fig, ax = house.figure(5.2, 3.3)
looks = ((1, house.TEAL, ".", "每行一个刻度"), (None, house.RED, "o", "整个张量一个"))
for dim, color, marker, title in looks:
    q, scale = quantise(w, bits=8, dim=dim)
    used = len(q[0].unique())
    name = f"{title}：{used} 格"
    ax.plot(row, (q * scale)[0], marker, color=color, markersize=6, label=name, linestyle="none")
ax.set(xlabel="第 1 行原来的权重", ylabel="量化以后")
ax.legend(loc="upper left", handletextpad=0.1)
ax.set_ylim(top=0.1)
plt.show()
