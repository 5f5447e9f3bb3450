# /// script
# dependencies = ["torch"]
# ///
"""Three generators that fool any discriminator; only one of them forgets its input."""

import torch

torch.set_default_dtype(torch.float64)

torch.manual_seed(0)
# region three
x = torch.randn(4000, 2)      # 马：N(0, I)
other = torch.randn(4000, 2)  # 与 x 无关
R = torch.tensor([[0., -1.], [1., 0.]])
ways = {"same": (lambda x: x, lambda y: y),
        "turn": (lambda x: x @ R,
                 lambda y: y @ R.T),
        "noise": (lambda x: other,
                  lambda y: 0 * y)}
for name, (G, F) in ways.items():
    y = G(x)                  # 也是 N(0, I)
    cycle = (F(y) - x).abs().sum(1).mean()
    print(f"{name:6}{y.std():.2f} {cycle:5.2f}")
# endregion three
assert cycle > 1.5                      # F = 0 is the best answer when y says nothing about x
assert abs(other.std() - x.std()) < 0.03
ignored = cycle.item()
