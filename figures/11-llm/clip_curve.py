"""PPO 的截断：优势为正和为负时的目标。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

sys.path.append(str(Path(__file__).resolve().parents[2] / "snippets/11-llm"))
import torch
from ppo_clip import ppo_objective

ratio = torch.linspace(0.4, 1.8, 200)
fig, axes = house.figure(11.6, 4.5, cols=2)
for ax, A, color, title in zip(
    axes,
    (1.0, -1.0),
    (house.TEAL, house.RED),
    ("$A>0$：好回答，最多加到 $1+\\epsilon$", "$A<0$：坏回答，减到 $1-\\epsilon$ 就够"),
):
    ax.axvspan(0.8, 1.2, color=house.tint(house.GREY, 0.8), zorder=0)
    ax.plot(ratio, A * ratio, color=house.GREY, linestyle="--", label="不截断")
    ax.plot(ratio, ppo_objective(ratio, A), color=color, linewidth=3.6, label="PPO 的目标")
    ax.plot([1], [A], "o", color=house.INK)
    ax.set(xlabel=r"概率之比 $\pi_\theta/\pi_{old}$", ylabel="目标（越大越好）")
    ax.set_title(title, fontsize=house.TEXT)
    ax.legend(loc="upper left" if A > 0 else "lower left")
plt.show()
