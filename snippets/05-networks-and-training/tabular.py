# /// script
# dependencies = ["torch", "numpy"]
# ///
"""自造的房价表：面积、房龄、距离之间有交互，MLP 比线性模型好。"""

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

torch.manual_seed(0)

# region data
area, age, km = torch.rand(3, 800)
price = (3 * area * (1 - 0.6 * age)  # 老的打折
         + 2 * torch.exp(-4 * km)    # 近的才贵
         + 0.1 * torch.randn(800))   # 噪声
X = torch.stack([area, age, km], 1)
y = price[:, None]
# endregion data


# region fit
def r2(net, steps=400):
    """Train on 600 rows, score on 200 others."""
    optimizer = torch.optim.Adam(net.parameters(), lr=0.02)
    for _ in range(steps):
        loss = (net(X[:600]) - y[:600]).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    error = (net(X[600:]) - y[600:]).square().mean()
    return (1 - error / y[600:].var(correction=0)).item()
# endregion fit

# region compare
line = r2(nn.Linear(3, 1))
mlp = r2(nn.Sequential(nn.Linear(3, 32),
                       nn.ReLU(),
                       nn.Linear(32, 1)))
print(f"linear R2 {line:.2f}")
print(f"MLP    R2 {mlp:.2f}")
# endregion compare

assert mlp > 0.9 and mlp > line + 0.03
