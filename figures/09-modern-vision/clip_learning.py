"""The matrix of similarities while the small CLIP learns."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from matplotlib.animation import FuncAnimation

from parts import learnt

data = learnt("clip")
frames, words, hidden = data["frames"], data["captions"], data["hidden"]
every = data["every"]
order = [k for k, w in enumerate(words) if w not in hidden] + [k for k, w in enumerate(words) if w in hidden]
plt.rcParams["savefig.dpi"] = 110
fig, (ax, share) = house.figure(11.6, 5.4, cols=2, width_ratios=[1.25, 1])


def pick(m):
    return [[m[i][j] for j in order] for i in order]


drawn = ax.imshow(pick(frames[-1]), cmap="house_diverging", vmin=-1, vmax=1)
ax.set_yticks(range(16), [words[k] for k in order], fontsize=house.SMALL)
ax.set(xticks=[], xlabel="16 句话，次序相同", ylabel="16 张图")
for side in ((11.5, 11.5), (-0.5, 15.5)), ((-0.5, 15.5), (11.5, 11.5)):
    ax.plot(*side, color=house.INK, linewidth=1.5)
ax.grid(False)
ax.set_title("余弦相似度")
fig.colorbar(drawn, ax=ax, ticks=(-1, 0, 1))
(points,) = share.plot([], [], color=house.ORANGE, marker="o")
share.set(xlabel="更新步数", ylabel="没教过的四句，认对 (%)", xlim=(-8, every * len(frames)), ylim=(-4, 105))


def draw(k):
    k = min(k, len(frames) - 1)
    drawn.set_data(pick(frames[k]))
    points.set_data([every * i for i in range(k + 1)], [100 * v for v in data["accuracies"][: k + 1]])
    share.set_title(f"第 {every * k} 步")


draw(len(frames) - 1)
fig.canvas.draw()
fig.set_layout_engine("none")  # one layout for all frames
animation = FuncAnimation(fig, draw, frames=len(frames) + 3, interval=600)
plt.show()
