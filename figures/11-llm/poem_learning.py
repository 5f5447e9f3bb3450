"""小 GPT 学诗：损失，和它写的字。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from matplotlib.animation import FuncAnimation

from parts import learnt

data = learnt("poem")
snapshots, losses, held = data["snapshots"], data["losses"], data["held"]
fig, ax = house.figure(11.4, 5.0)
fig.get_layout_engine().set(rect=(0, 0, 1, 0.72))
known = fig.text(0.03, 0.88, "床前", fontsize=24, color=house.MUTED)
written = fig.text(0.094, 0.88, "", fontsize=24, color=house.ORANGE)
stage = fig.text(0.03, 0.77, "", fontsize=house.TEXT, color=house.INK)
(curve,) = ax.plot([], [], color=house.BLUE, label="学过的 44 首")
(other,) = ax.plot([], [], color=house.RED, marker="o", label="没学过的 4 首")
last = snapshots[-1][0]
ax.axhline(data["unigram"], color=house.GREY, linestyle="--", linewidth=house.EDGE)
at = (0.6 * last, data["unigram"] - 0.42)
house.label(ax, at, "只知道哪个字常见", color=house.MUTED, size=house.SMALL, ha="right")
ax.set(xlabel="更新步数", ylabel="损失（每字）")
ax.set(xlim=(-2, last + 2), ylim=(0, max(max(held), losses[0]) * 1.08))
ax.legend(loc="center right")


def draw(k):
    k = min(k, len(snapshots) - 1)
    step, text = snapshots[k]
    written.set_text(text[2:])
    stage.set_text(f"第 {step} 步")
    curve.set_data(range(step + 1), losses[: step + 1])
    other.set_data([s for s, _ in snapshots[: k + 1]], held[: k + 1])


draw(len(snapshots) - 1)
fig.canvas.draw()
fig.set_layout_engine("none")  # one layout for all frames
plt.rcParams["savefig.dpi"] = 110
animation = FuncAnimation(fig, draw, frames=len(snapshots) + 3, interval=700)
plt.show()
