"""Where the decoder looks while it writes eight digits backwards."""

import json

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

from parts import weights

learnt = Path(__file__).resolve().parents[2] / "snippets/07-sequence-models/learnt"
data = json.loads((learnt / "seq2seq.json").read_text())
source = data["source"]

fig, (left, right) = house.figure(11.6, 5.0, cols=2)
weights(left, data["weights"], source[::-1], source, "一个例子", "读到的数字", "正在写的数字")
numbers = range(1, len(source) + 1)
weights(right, data["mean_weights"], numbers, numbers, "1000 串的平均", "读的第几个", "写的第几个")
fig.colorbar(right.images[0], ax=[left, right], label="权重", ticks=(0, 0.5, 1))
plt.show()
