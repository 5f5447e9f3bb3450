# /// script
# dependencies = ["torch", "numpy"]
# ///
"""从外延到内涵：看过 200 个例子，只留下一条规则 (w, b)。"""

import torch

# region examples
torch.manual_seed(0)
centre = torch.tensor([2.0, 1.0])
X = torch.cat([torch.randn(100, 2) + centre,
               torch.randn(100, 2) - centre])
y = torch.cat([torch.ones(100), torch.zeros(100)])
# endregion examples


def accuracy_of(w, b):
    """判断正确的例子占多少。"""
    return ((X @ w + b > 0) == (y > 0)).float().mean().item()


# region learn
w, b = torch.zeros(2), torch.zeros(())
before = accuracy_of(w, b)
for step in range(100):
    error = torch.sigmoid(X @ w + b) - y
    w -= 0.1 * X.T @ error / len(X)
    b -= 0.1 * error.mean()
after = accuracy_of(w, b)
print(f"学之前：猜对 {before:.1%}")
print(f"学之后：猜对 {after:.1%}")
# endregion learn

examples, rule_size = len(X), w.numel() + b.numel()
assert before == 0.5 and after >= 0.95
