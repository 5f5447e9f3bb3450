"""训练好的模型给下一个字打的分：开头很散，背过的很尖。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from parts import bars, learnt

data = learnt("poem")
fig, (left, right) = house.figure(11.6, 4.6, cols=2)
bars(left, data["flat"][:10], house.TEAL)
left.set(title="开头：什么都可能", ylabel="概率")
bars(right, data["peaked"][:10], house.ORANGE, top=1.05)
right.set(title="“床前明”之后：几乎肯定", ylabel="概率")
plt.show()
