"""束宽 2：每一步留两个，斜线的丢掉。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from parts import bars

sys.path.append(str(Path(__file__).resolve().parents[2] / "snippets/11-llm"))
from beam import table

first = sorted(table[""].items(), key=lambda pair: -pair[1])
second = [(a + b, p * q) for a, p in first[:2] for b, q in table[a].items()]
second.sort(key=lambda pair: -pair[1])
fig, axes = house.figure(5.2, 2.7, cols=2, sharey=True, width_ratios=(3, 4))
for ax, pairs, step in zip(axes, (first, second), (1, 2)):
    bars(ax, pairs, house.TEAL, kept=(0, 1), top=0.64)
    ax.set_xticks(range(len(pairs)), [word for word, _ in pairs], fontsize=house.SMALL)
    ax.set_title(f"第 {step} 步", fontsize=house.TEXT)
    for k, (_, p) in enumerate(pairs):
        ax.text(k, p + 0.015, f"{p:.2f}", ha="center", fontsize=house.SMALL)
axes[0].set_ylabel("前缀的概率", fontsize=house.SMALL)
plt.show()
