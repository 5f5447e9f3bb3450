# /// script
# dependencies = ["torch", "numpy"]
# ///
"""L2 项与 weight_decay：对普通 SGD 是一回事，系数差一个 2。"""

import torch
from torch.optim import SGD

torch.set_default_dtype(torch.float64)
start = torch.tensor([2., -1.])


def J(w):
    return (w - 3).square().sum()


# region same
def run(decay, lam):
    w = start.clone().requires_grad_()
    sgd = SGD([w], lr=0.1, weight_decay=decay)
    for _ in range(5):
        sgd.zero_grad()
        l2 = lam * w.square().sum()
        (J(w) + l2).backward()
        sgd.step()
    return [f"{x:.3f}" for x in w.tolist()]

print("decay 0.5  ", *run(0.5, 0))
print("lambda 0.5 ", *run(0, 0.5))
print("lambda 0.25", *run(0, 0.25))
# endregion same

# region shrink
w = torch.tensor([2.], requires_grad=True)
w.grad = torch.zeros(1)              # 损失不推它
SGD([w], lr=0.1, weight_decay=0.5).step()
print(w.item())
# endregion shrink

shrunk = w.item()
assert run(0.5, 0) == run(0, 0.25) != run(0, 0.5)
assert abs(shrunk - 1.9) < 1e-12
