"""One head of the trained character model: to write a digit, look at the same digit of the number before."""

import json
import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from parts import weights

learnt = Path(__file__).resolve().parents[2] / "snippets/07-sequence-models/learnt"
data = json.loads((learnt / "char.json").read_text())
text, seen = data["text"], data["maps"][1][2]
size = len(text)

fig, (left, right) = house.figure(11.6, 5.2, cols=2, width_ratios=(1, 1.15))
weights(left, seen, list(text), list(text), "", "看哪个字", "在哪个字")
right.set(xlim=(0, 5.6), ylim=(0, 5), xticks=[], yticks=[])
right.axis("off")
for height, at in ((4.2, 9), (2.2, 15)):
    to = max(range(at + 1), key=lambda k: seen[at][k])
    left.add_patch(
        plt.Rectangle((to - 0.5, at - 0.5), 1, 1, fill=False, edgecolor=house.ORANGE, linewidth=house.LINE)
    )
    first = (to // 6) * 6
    shown = text[first : at + 1]
    for k, character in enumerate(shown):
        where = first + k
        color = house.TEAL if where == to else house.ORANGE if where == at else house.MUTED
        house.label(right, (0.4 + 0.42 * k, height), character, color=color, size=22, bold=where in (to, at))
    house.label(right, (0.4 + 0.42 * len(shown), height), "?", color=house.RED, size=22, bold=True)
    house.arrow(
        right,
        (0.4 + 0.42 * (at - first), height + 0.22),
        (0.4 + 0.42 * (to - first), height + 0.22),
        color=house.ORANGE,
        bend=0.35,
    )
    house.label(
        right,
        (0.2, height - 0.62),
        f"要写个位，看上一个数的个位“{text[to]}”：{seen[at][to]:.2f}",
        size=house.SMALL,
        ha="left",
    )
plt.show()
