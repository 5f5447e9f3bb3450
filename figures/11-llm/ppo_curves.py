"""RLHF：奖励模型的分、人的喜好、KL。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from parts import learnt

curves = learnt("ppo")["curves"]
fig, axes = house.figure(11.8, 4.5, cols=3)
looks = {
    "poor, free": (house.RED, "--", r"40 对，$\beta=0$"),
    "poor, kept": (house.BLUE, "-.", r"40 对，$\beta=1$"),
    "good": (house.TEAL, "-", r"1500 对，$\beta=1$"),
}
for name, (color, style, text) in looks.items():
    for ax, key in zip(axes, ("score", "human", "kl")):
        if key != "score" or name != "good":  # scores of another reward model cannot be compared
            ax.plot(curves[name][key], style, color=color, label=text)
for ax, title in zip(axes, ("奖励模型（40 对）的打分", "人真正的喜好", "离出发时多远（KL）")):
    ax.set_title(title, fontsize=house.TEXT)
    ax.set_xlabel("第几轮")
axes[0].legend(*axes[1].get_legend_handles_labels(), loc="lower right", fontsize=house.SMALL)
plt.show()
