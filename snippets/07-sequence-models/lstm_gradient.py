# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Along the cell state the gradient is the product of the forget gates."""

import torch

torch.set_default_dtype(torch.float64)

# region path
def kept(forget, steps=100):
    start = torch.tensor(1.0, requires_grad=True)
    c = start
    for t in range(steps):
        new = torch.randn(())   # i * g
        c = forget * c + new    # 门固定不动
    c.backward()
    return start.grad.item()

torch.manual_seed(0)
for forget in (1.0, 0.99, 0.9, 0.5):
    print(f"{forget:4} {kept(forget):.3g}")
# endregion path
forget_99, forget_50, forget_100 = kept(0.99), kept(0.5), kept(1.0)
assert abs(forget_99 - 0.99**100) < 1e-12 and abs(forget_50 / 0.5**100 - 1) < 1e-9 and forget_100 == 1
