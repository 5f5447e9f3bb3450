# /// script
# dependencies = ["torch"]
# ///
"""手写 SGD 与动量，走五步，与 torch.optim.SGD 一模一样。"""

import torch

torch.set_default_dtype(torch.float64)


def J(w):
    """A long valley: steep in one direction, flat in the other."""
    return 5 * w[0] ** 2 + 0.5 * w[1] ** 2


# region by_hand
def by_hand(momentum, lr=0.05, steps=5):
    w = torch.tensor([1., 1.], requires_grad=True)
    v = torch.zeros(2)
    for _ in range(steps):
        (g,) = torch.autograd.grad(J(w), w)
        v = momentum * v + g          # 记住从前的方向
        w = (w - lr * v).detach().requires_grad_()
    return w

def by_torch(momentum, lr=0.05, steps=5):
    w = torch.tensor([1., 1.], requires_grad=True)
    optimizer = torch.optim.SGD([w], lr, momentum)
    for _ in range(steps):
        optimizer.zero_grad()
        J(w).backward()
        optimizer.step()
    return w
# endregion by_hand

# region compare
for m in (0.0, 0.9):
    a, b = by_hand(m), by_torch(m)
    print(f"{m}", *[f"{v:.4f}" for v in a.tolist()],
          torch.allclose(a, b))
# endregion compare

assert torch.allclose(by_hand(0.0), by_torch(0.0)) and torch.allclose(by_hand(0.9), by_torch(0.9))
