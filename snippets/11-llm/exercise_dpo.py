# /// script
# dependencies = ["torch", "numpy"]
# ///
"""练习二：DPO：不另训练奖励模型，直接用成对的偏好训练策略。"""

import math

import torch
from torch.nn.functional import logsigmoid

torch.set_default_dtype(torch.float64)


# region task
def dpo_loss(won, lost, ref_won, ref_lost, beta=0.1):
    """四个 log 概率 (B,)；隐含的奖励是 beta * (log π − log π_ref)。"""
    # endregion task
    # BEGIN SOLUTION
    better, worse = beta * (won - ref_won), beta * (lost - ref_lost)
    return -logsigmoid(better - worse).mean()
    # END SOLUTION


# region test
torch.manual_seed(0)
ref = torch.randn(6).log_softmax(0)          # 一道题，六个回答
logits = ref.clone().requires_grad_()
loss = dpo_loss(logits[:1], logits[1:2], ref[:1], ref[1:2])
assert math.isclose(loss.item(), math.log(2))    # 起点
for _ in range(200):                             # 喜欢 0，不喜欢 1
    logp = logits.log_softmax(0)
    loss = dpo_loss(logp[:1], logp[1:2], ref[:1], ref[1:2])
    (g,) = torch.autograd.grad(loss, logits)
    logits = (logits - 5 * g).detach().requires_grad_()
p = logits.softmax(0)
assert p[0] > 10 * p[1]
# endregion test
print("通过")
