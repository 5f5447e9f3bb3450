# /// script
# dependencies = ["torch", "matplotlib"]
# ///
"""学习率策略：阶梯、余弦、预热，与闭式一致。"""

# %% imports
import math
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch.optim import SGD
from torch.optim.lr_scheduler import CosineAnnealingLR, LambdaLR, StepLR

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house


def rates_of(make, steps=100):
    """The learning rate of every step."""
    optimizer = SGD([torch.zeros(1, requires_grad=True)], lr=0.1)
    scheduler = make(optimizer)
    rates = []
    for _ in range(steps):
        rates.append(scheduler.get_last_lr()[0])
        optimizer.step()
        scheduler.step()
    return rates


# %% warmup
def warmup_cosine(t, warm=10, total=100):
    if t < warm:
        return (t + 1) / warm  # 从小到大
    s = (t - warm) / (total - warm)
    return (1 + math.cos(math.pi * s)) / 2

# %% values
step = rates_of(lambda o: StepLR(o, 30, gamma=0.1))
cosine = rates_of(lambda o: CosineAnnealingLR(o, 100))
warm = rates_of(lambda o: LambdaLR(o, warmup_cosine))
for t in (0, 9, 50, 99):
    print(f"t={t:<3}{step[t]:.4f} {cosine[t]:.4f} {warm[t]:.4f}")

# %% drawing
#| label: schedules
#| fig-alt: 三条学习率曲线：阶梯每 30 步除以十，余弦平滑地降到零，预热先升后按余弦降
fig, ax = house.figure(4.8, 3.3)
ax.step(range(100), step, where="post", color=house.BLUE, label="阶梯")
ax.plot(cosine, color=house.ORANGE, linestyle=(0, (5, 2)), label="余弦")
ax.plot(warm, color=house.TEAL, linestyle=(0, (1.5, 1.5)), linewidth=3.4, label="预热 + 余弦")
ax.set(xlabel="步数 $t$", ylabel="学习率", ylim=(0, 0.108), xlim=(0, 100))
ax.legend(loc="upper right", borderpad=0, bbox_to_anchor=(1.03, 1.06))
plt.show()

# %% claims
for t in range(100):
    assert math.isclose(step[t], 0.1 * 0.1 ** (t // 30))
    assert math.isclose(cosine[t], 0.05 * (1 + math.cos(math.pi * t / 100)), abs_tol=1e-9)
    assert math.isclose(warm[t], 0.1 * warmup_cosine(t))
