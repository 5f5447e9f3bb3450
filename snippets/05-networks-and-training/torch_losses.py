# /// script
# dependencies = ["torch", "numpy"]
# ///
"""torch 的常用损失，每一个都与自己的公式相等。"""

import torch
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)

# region all
y, t = torch.tensor([0.2, 1.5]), torch.tensor([0., 1.])
z, label = torch.tensor([[2., 1., 0.]]), torch.tensor([0])
logp, q = z.log_softmax(1), torch.tensor([[.7, .2, .1]])
pairs = {
    "L1": (F.l1_loss(y, t), (y - t).abs().mean()),
    "MSE": (F.mse_loss(y, t), (y - t).square().mean()),
    "BCE": (F.binary_cross_entropy_with_logits(y, t),
            torch.log(1 + torch.exp(y)).mean() - (t * y).mean()),
    "NLL": (F.nll_loss(logp, label), -logp[0, 0]),
    "CE": (F.cross_entropy(z, label), -logp[0, 0]),
    "KL": (F.kl_div(logp, q, reduction="batchmean"),
           (q * (q.log() - logp)).sum()),
}
print(*[f"{k} {a:.4f}" for k, (a, b) in pairs.items()])
# endregion all

# region kl
P, Q = logp.expand(2, 3), q.expand(2, 3)      # 两个样本
right = F.kl_div(P, Q, reduction="batchmean")
each = F.kl_div(P, Q, reduction="none")
wrong = F.kl_div(P.exp(), Q, reduction="batchmean")
print(f"batchmean     {right:7.4f}")
print(f"elements      {each.mean():7.4f}")
print(f"probabilities {wrong:7.4f}")
# endregion kl

ratio = round((right / each.mean()).item())
for torch_says, formula in pairs.values():
    assert torch.isclose(torch_says, formula)
assert ratio == 3 and wrong < 0
