# /// script
# dependencies = ["torch", "numpy"]
# ///
"""优化一步：算损失、求梯度、挪参数。"""

import torch
from torch import nn

torch.manual_seed(0)

# region fit
x = torch.linspace(-1, 1, 50)[:, None]
target = 3 * x + 2                     # 真相：w=3, b=2
model = nn.Linear(1, 1)
loss_function = nn.MSELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

for step in range(200):
    loss = loss_function(model(x), target)
    optimizer.zero_grad()              # 清掉旧梯度
    loss.backward()                    # 求新梯度
    optimizer.step()                   # 参数挪一小步
w, b = model.weight.item(), model.bias.item()
print(f"w = {w:.2f}, b = {b:.2f}, 损失 = {loss.item():.4f}")
# endregion fit

assert abs(w - 3) < 0.05 and abs(b - 2) < 0.05
