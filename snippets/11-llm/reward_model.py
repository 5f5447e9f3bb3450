# /// script
# dependencies = ["torch", "numpy"]
# ///
"""A reward model learns from pairs which of two answers is better."""

# %% imports
import json
import math
from pathlib import Path

import torch
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)

w = torch.zeros(8, requires_grad=True)
optimizer = torch.optim.LBFGS([w], max_iter=100)


def closure():
    optimizer.zero_grad()
    loss = loss_of()
    loss.backward()
    return loss


# region loss
taste = torch.randn(8)         # 人心里的打分
a, b = torch.randn(2, 600, 8)  # 两个回答
gap = (a - b) @ taste
pick = torch.rand(600) < gap.sigmoid()
won = torch.where(pick[:, None], a, b)
lost = torch.where(pick[:, None], b, a)

def loss_of():
    margin = won @ w - lost @ w  # r(好)−r(差)
    return -F.logsigmoid(margin).mean()

print(f"start {loss_of():.4f}")
optimizer.step(closure)
print(f"end   {loss_of():.4f}")
# endregion loss

# region test
c, d = torch.randn(2, 2000, 8)
right = ((c - d) @ w > 0) == ((c - d) @ taste > 0)
print(f"pairs ranked right: {right.double().mean():.1%}")
shifted = -F.logsigmoid((won @ w + 5) - (lost @ w + 5))
print(f"scores + 5: {shifted.mean():.4f}")
# endregion test

# %% save
with torch.no_grad():
    learnt = {"hidden": [round(v, 3) for v in (c[:250] @ taste).tolist()],
              "learnt": [round(v, 3) for v in (c[:250] @ w).tolist()]}
path = Path(__file__).resolve().parent / "learnt" / "reward.json"
path.write_text(json.dumps(learnt))
accuracy, start = right.double().mean().item(), math.log(2)
agreed = (pick == (gap > 0)).double().mean().item()
assert accuracy >= 0.95 and torch.allclose(shifted.mean(), loss_of())
