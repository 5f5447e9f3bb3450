# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Three things about autograd that surprise: the graph is freed, values are guarded, gradients add up."""

from textwrap import fill, shorten

import torch


def attempt(action):
    """Print the beginning of the error that an action raises; fail if it raises none."""
    try:
        action()
    except RuntimeError as error:
        print(fill(shorten(str(error), 68), 35))
    else:
        raise AssertionError("no error")


# region second
w = torch.tensor(3.0, requires_grad=True)
J = w ** 2
J.backward()
attempt(J.backward)            # 图已经释放
# endregion second

# region accumulate
w.grad = None
for _ in range(3):
    (w ** 2).backward()        # 每次都重建一张图
    print(w.grad.item())       # 没有清零：一直加
# endregion accumulate

# region inplace
a = w * 2
J = a ** 2                     # 反向要用到 a
a += 1                         # 就地改掉了它
attempt(J.backward)
# endregion inplace

J = (w * 2) ** 2
J.backward(retain_graph=True)  # the graph is kept, so that a second time works
J.backward()
assert w.grad.item() == 3 * 6 + 2 * 24
