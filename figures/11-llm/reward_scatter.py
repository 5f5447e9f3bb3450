"""学到的打分与看不见的打分。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from parts import learnt

data = learnt("reward")
fig, ax = house.figure(5.2, 3.3)
ax.plot(data["hidden"], data["learnt"], "o", color=house.PURPLE, markersize=6, alpha=0.6)
ax.set(xlabel="人心里的打分", ylabel="奖励模型的打分")
plt.show()
