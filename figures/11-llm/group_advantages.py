"""同一题的四个回答：分数和优势。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

sys.path.append(str(Path(__file__).resolve().parents[2] / "snippets/11-llm"))
import torch
from grpo import advantages

groups = {
    "两对两错": [1.0, 0, 0, 1],
    "只对一个": [1.0, 0, 0, 0],
    "全对：没有信号": [1.0, 1, 1, 1],
}
fig, axes = house.figure(11.8, 4.9, cols=3, sharey=True)
for ax, (name, r) in zip(axes, groups.items()):
    A = advantages(torch.tensor([r]))[0].tolist()
    mean = sum(r) / 4
    for k, (reward, advantage) in enumerate(zip(r, A)):
        ax.bar(k - 0.2, reward, 0.36, color=house.tint(house.GREY, 0.45), hatch="//", edgecolor=house.PAPER)
        ax.bar(k + 0.2, advantage, 0.36, color=house.TEAL if advantage > 0 else house.RED)
        if abs(advantage) > 0.01:
            up = advantage > 0
            house.label(
                ax, (k + 0.2, advantage + (0.06 if up else -0.06)), f"{advantage:+.2f}", size=house.SMALL,
                va="bottom" if up else "top",
            )
    ax.axhline(mean, color=house.ORANGE, linestyle="--", linewidth=house.EDGE)
    ax.axhline(0, color=house.MUTED, linewidth=1)
    ax.set_title(name, fontsize=house.TEXT)
    ax.set_xticks(range(4), [f"答{k}" for k in range(1, 5)])
    ax.set_ylim(-1.5, 2.2)
axes[0].set_ylabel("分数（斜线）与优势")
house.label(axes[0], (1.5, 0.55), "平均", color=house.ORANGE, size=house.SMALL, va="bottom")
plt.show()
