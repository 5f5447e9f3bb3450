"""The character model while it learns: the loss, held-out numbers, and what it writes."""

import json

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

from matplotlib.animation import FuncAnimation

learnt = Path(__file__).resolve().parents[2] / "snippets/07-sequence-models/learnt"
data = json.loads((learnt / "char.json").read_text())
snapshots, losses, prompt = data["snapshots"][::2], data["losses"], data["prompt"]

fig, (ax, share) = house.figure(11.4, 5.0, cols=2, sharex=True)
fig.get_layout_engine().set(rect=(0, 0, 1, 0.72))
known = fig.text(0.03, 0.88, prompt, fontsize=22, color=house.MUTED)
written = fig.text(0.37, 0.88, "", fontsize=22, color=house.ORANGE)
stage = fig.text(0.03, 0.78, "", fontsize=house.TEXT, color=house.INK)
(curve,) = ax.plot([], [], color=house.BLUE)
(points,) = share.plot([], [], color=house.TEAL, marker="o")
ax.set(xlabel="更新步数", ylabel="损失", xlim=(-6, snapshots[-1][0] + 8), ylim=(0, 2.9))
share.set(xlabel="更新步数", ylabel="没见过的数，写对 (%)", ylim=(-4, 105))


def draw(k):
    k = min(k, len(snapshots) - 1)
    step, text, _ = snapshots[k]
    written.set_text(text)
    stage.set_text(f"第 {step} 步")
    curve.set_data(range(step + 1), losses[: step + 1])
    points.set_data([s for s, _, _ in snapshots[: k + 1]], [100 * r for _, _, r in snapshots[: k + 1]])


draw(len(snapshots) - 1)
fig.canvas.draw()
fig.set_layout_engine("none")  # one layout for all frames
animation = FuncAnimation(fig, draw, frames=len(snapshots) + 3, interval=800)
plt.show()
