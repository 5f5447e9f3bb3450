"""Zero-shot: four kinds of pictures that were never trained on, against 16 captions."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from parts import learnt

data = learnt("clip")
words, hidden, mean = data["captions"], data["hidden"], data["mean"]
rows = [words.index(w) for w in hidden]
fig, ax = house.figure(11.6, 4.4)
drawn = ax.imshow([mean[k] for k in rows], cmap="house_diverging", vmin=-1, vmax=1, aspect="auto")
ax.set_yticks(range(4), hidden)
ax.set_xticks(range(16), [w[0] + w[3:] for w in words], fontsize=house.SMALL, rotation=45)
ax.grid(False)
ax.set_ylabel("图", rotation=0, ha="right", va="center")
ax.set(xlabel="十六句话（图上只写颜色和形状）")
for r, k in enumerate(rows):
    for c in range(16):
        light = abs(mean[k][c]) > 0.6
        ax.text(c, r, f"{round(mean[k][c], 1) + 0:.1f}", ha="center", va="center", fontsize=house.SMALL,
            color=house.PAPER if light else house.INK)
    best = max(range(16), key=lambda c: mean[k][c])
    ax.add_patch(plt.Rectangle((best - 0.5, r - 0.5), 1, 1, facecolor="none", edgecolor=house.INK,
        linewidth=3))
fig.colorbar(drawn, ax=ax, label="余弦相似度", ticks=(-1, 0, 1))
plt.show()
