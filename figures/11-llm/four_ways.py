"""四种写法：原样背的句子是实心的，教材里没有的句子是空心的。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from parts import cells, learnt

sys.path.append(str(Path(__file__).resolve().parents[2] / "snippets/11-llm"))
from poems import train

lines = {part for poem in train for part in poem[:-1].replace("。", "，").split("，")}
names = {"greedy": "贪婪", "T=1": "$T=1$", "T=1.5": "$T=1.5$", "T=1.5, p=0.8": "$T=1.5$，$p=0.8$"}
fig, ax = house.canvas(11.8, 4.9)
W = 0.375
for row, (key, text) in enumerate(learnt("poem")["written"].items()):
    y = 4.35 - 1.0 * row
    house.label(ax, (2.1, y), names[key], ha="right")
    left, known = 2.3, 0
    for part in text[:-1].replace("。", "，").split("，"):
        old = part in lines
        known += old
        color = house.TEAL if old else house.ORANGE
        filled = range(len(part)) if old else ()
        cells(ax, left, y, list(part), color, width=W, height=0.6, filled=filled)
        left += W * len(part) + 0.16
    house.label(ax, (11.7, y), f"背 {known} 句", ha="right", color=house.MUTED)
for x, color, filled, word in (
    (3.2, house.TEAL, True, "教材里原样有的句子"),
    (7.0, house.ORANGE, False, "教材里没有的句子"),
):
    house.box(ax, (x, 0.4), "", width=0.36, height=0.4, color=color, filled=filled)
    house.label(ax, (x + 0.35, 0.4), word, ha="left", color=house.MUTED)
plt.show()
