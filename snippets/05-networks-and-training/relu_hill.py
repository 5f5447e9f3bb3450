# /// script
# dependencies = ["torch", "matplotlib"]
# ///
"""三个 ReLU 拼出一座小山：每加一个，折线就多一个折点。"""

# %% imports
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)

# %% hill
#| label: relu_hill
#| fig-alt: 三个 ReLU 相加得到的折线：从 0 升到 1，再降回 0，像一座小山
fig, ax = house.figure(5, 4)
ax.set(xlim=(-1, 4), ylim=(-1.2, 2.2))
x = torch.linspace(-1, 4, 501)
y = torch.relu(x)             # 0 处折
ax.plot(x, y, color=house.BLUE)
y = y - 2 * torch.relu(x - 1) # 1 处折
ax.plot(x, y, color=house.TEAL)
y = y + torch.relu(x - 2)     # 2 处平
ax.plot(x, y, color=house.ORANGE, lw=5)
print(f"{y[0]:.1f} {y.max():.1f} {y[-1]:.1f}")
# %% claims
plt.show()
top, left, right = (float(v) for v in (y.max(), y[0], y[-1]))
assert abs(top - 1) < 1e-9 and abs(left) < 1e-9 and abs(right) < 1e-9
