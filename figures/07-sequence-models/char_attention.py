"""Two heads of the trained character model: at what each character looks."""

import json

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

from parts import weights

learnt = Path(__file__).resolve().parents[2] / "snippets/07-sequence-models/learnt"
data = json.loads((learnt / "char.json").read_text())
text = data["text"]
fig, axes = house.figure(11.6, 5.2, cols=2)
for ax, (block, head) in zip(axes, ((0, 0), (1, 0))):
    weights(ax, data["maps"][block][head], list(text), list(text), f"第 {block + 1} 层，第 {head + 1} 个头", "看哪个字", "在哪个字")
plt.show()
