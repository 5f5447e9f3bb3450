# /// script
# dependencies = ["torch", "scikit-learn"]
# ///
"""An LSTM reads a digit row by row; after how many rows does it know which one?"""

# %% imports
import json
from pathlib import Path

import torch
from sklearn.datasets import load_digits
from torch import nn
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)  # the same numbers on every computer
torch.set_num_threads(1)

# %% data
digits = load_digits()
images = torch.tensor(digits.images) / 16
labels = torch.tensor(digits.target)
order = torch.randperm(len(labels), generator=torch.Generator().manual_seed(0))
train, test = order[:1400], order[1400:]


# region model
class RowReader(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(8, 32, batch_first=True)
        self.head = nn.Linear(32, 10)

    def forward(self, images):               # (N, 8 行, 8 列)
        states, _ = self.lstm(images)
        return self.head(states)             # 读完每一行都猜
# endregion model

# region train
torch.manual_seed(0)
model = RowReader()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
for epoch in range(18):
    for rows in train[torch.randperm(len(train))].split(64):
        logits = model(images[rows])
        loss = F.cross_entropy(logits[:, -1], labels[rows])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
# endregion train

# region result
with torch.no_grad():
    right = model(images[test])[:, -1].argmax(1) == labels[test]
print(f"test {right.double().mean():.1%} of {len(test)}")
# endregion result

# %% every row
# The state after k rows, followed by empty rows: what would it say if the picture ended here?
after = []
with torch.no_grad():
    for k in range(1, 9):
        part = images[test].clone()
        part[:, k:] = 0
        after.append((model(part)[:, -1].argmax(1) == labels[test]).double().mean().item())
print([f"{a:.0%}" for a in after])
path = Path(__file__).resolve().parent / "learnt" / "rows.json"
path.write_text(json.dumps({"after": [round(a, 4) for a in after]}))
test_accuracy, test_size, train_size = right.double().mean().item(), len(test), len(train)
assert test_accuracy > 0.95 and after[-1] == test_accuracy
