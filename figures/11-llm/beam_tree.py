"""贪婪走到 0.30，束宽 2 找到 0.36。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

sys.path.append(str(Path(__file__).resolve().parents[2] / "snippets/11-llm"))
from beam import table

fig, ax = house.canvas(11.8, 4.9)
root = house.node(ax, (0.8, 2.5), "始", color=house.GREY, radius=0.4)
first = {"今": (4.2, 4.0), "明": (4.2, 2.0), "后": (4.2, 0.55)}
greedy, best = ("今", "天"), ("明", "天")
kept = {"今", "明"}
for word, at in first.items():
    p = table[""][word]
    color = house.ORANGE if word == "今" else house.TEAL if word == "明" else house.GREY
    end = house.node(ax, at, word, color=color, radius=0.4, filled=word in kept)
    look = {"color": color, "size": house.TEXT}
    width = 3 if word in kept else 1.5
    house.arrow(ax, root.right, end.left, f"{p:.1f}", dashed=word not in kept, width=width, **look)
    if word not in kept:
        house.label(ax, (5.0, at[1]), "束宽 2：丢掉", ha="left", color=house.MUTED)
        continue
    for other, dy in (("天", 0.45), ("晚", -0.45)):
        q = table[word][other]
        chosen = (word, other) in (greedy, best)
        leaf = house.node(ax, (7.8, at[1] + dy), other, color=color, radius=0.36, filled=chosen)
        house.arrow(ax, end.right, leaf.left, f"{q:.1f}", width=3 if chosen else 1.5, **look)
        note = "  贪婪" if (word, other) == greedy else "  最好" if (word, other) == best else ""
        house.label(
            ax,
            (8.35, at[1] + dy),
            f"{p:.1f} × {q:.1f} = {p * q:.2f}{note}",
            ha="left",
            color=color if chosen else house.MUTED,
            bold=chosen,
        )
plt.show()
