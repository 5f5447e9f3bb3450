"""Accuracy while four recurrent networks learn to remember one marked value."""

import json

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

import numpy as np

learnt = Path(__file__).resolve().parents[2] / "snippets/07-sequence-models/learnt"
data = json.loads((learnt / "memory.json").read_text())
looks = {
    "RNN 0": ("RNN", house.RED, ":", (200, 57)),
    "LSTM 0": ("LSTM，遗忘门偏置 +0", house.BLUE, "--", (200, 40)),
    "LSTM 2": ("LSTM，遗忘门偏置 +2", house.ORANGE, "-", (200, 77)),
    "GRU 2": ("GRU，更新门偏置 +2", house.TEAL, "-.", (75, 102)),
}
fig, ax = house.figure(11.4, 4.6)
for key, (name, color, style, at) in looks.items():
    curve = 100 * np.array(data["curves"][key]).reshape(-1, 10).mean(1)
    ax.plot(np.arange(len(curve)) * 10 + 5, curve, color=color, linestyle=style)
    ax.text(*at, name, color=color, fontsize=house.TEXT)
ax.set(
    xlabel="更新步数", ylabel="准确率 (%)", ylim=(35, 108), xlim=(0, data["steps"]), yticks=(40, 60, 80, 100)
)
plt.show()
