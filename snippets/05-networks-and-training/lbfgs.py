# /// script
# dependencies = ["torch", "numpy"]
# ///
"""LBFGS 一步要算几次损失，所以要给它一个 closure。"""

import torch
from torch.optim import LBFGS

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
A = torch.randn(60, 8) * torch.logspace(0, -0.8, 8)
b = A @ torch.randn(8)


def loss_of(w):
    return (A @ w - b).square().mean()


w = torch.zeros(8, requires_grad=True)
calls = lbfgs_steps = 0


# region lbfgs
optimizer = LBFGS([w], max_iter=20,
    line_search_fn="strong_wolfe")
def closure():
    global calls
    calls += 1
    optimizer.zero_grad()
    loss = loss_of(w)
    loss.backward()
    return loss

while loss_of(w) > 1e-8:
    optimizer.step(closure)
    lbfgs_steps += 1
# endregion lbfgs

# region missing
try:
    optimizer.step()
except TypeError as error:
    print("without closure:", type(error).__name__)
# endregion missing

v = torch.zeros(8, requires_grad=True)
sgd = torch.optim.SGD([v], lr=0.5)
sgd_steps = 0
while loss_of(v) > 1e-8 and sgd_steps < 20_000:
    sgd.zero_grad()
    loss_of(v).backward()
    sgd.step()
    sgd_steps += 1

# region report
print(f"LBFGS {lbfgs_steps} step, {calls} losses")
print(f"SGD {sgd_steps} steps")
# endregion report

assert loss_of(w) < 1e-8 and calls < sgd_steps
