# /// script
# dependencies = ["torch", "numpy"]
#
# [tool.deckwright.smoke]
# steps = 10
# ///
"""Who remembers? RNN, GRU and LSTM learn to keep one marked value until the sequence ends."""

# %% imports
import json
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)  # the same numbers on every computer
torch.set_num_threads(1)                # small matrices: one thread is fastest

# %% settings
steps = 320
length, hidden, batch = 30, 8, 64


class Adam(torch.optim.Adam):
    """Rounds the weights after each step: else the last bits of a computer grow to other gates."""

    @torch.no_grad()
    def step(self, closure=None):
        super().step(closure)
        for group in self.param_groups:
            for weights in group["params"]:
                weights.copy_((weights * 2**30).round() / 2**30)


# region task
def marked_values(n, generator):
    x = torch.zeros(n, length, 2)        # (值, 记号)
    x[..., 0] = torch.randint(
        2, (n, length), generator=generator) - 0.5
    at = torch.randint(5, (n,), generator=generator)
    rows = torch.arange(n)
    x[rows, at] = torch.stack(           # 前 5 步里标一个
        [x[rows, at, 0].sign(), torch.ones(n)], dim=1)
    return x, (x[rows, at, 0] > 0).double()
# endregion task


# region model
class Reader(nn.Module):
    def __init__(self, kind, keep):
        super().__init__()
        self.rnn = kind(2, hidden, batch_first=True)
        self.head = nn.Linear(hidden, 1)
        if kind is not nn.RNN:           # 遗忘门、更新门
            bias = self.rnn.bias_ih_l0.data
            bias[hidden:2 * hidden] += keep

    def forward(self, x):
        states, _ = self.rnn(x)
        return self.head(states[:, -1])[:, 0]
# endregion model


# region train
def train(kind, keep):
    torch.manual_seed(0)
    data = torch.Generator().manual_seed(1)
    model = Reader(kind, keep)
    optimizer = Adam(model.parameters(), lr=2e-2)
    curve = []
    for step in range(steps):
        x, y = marked_values(batch, data)
        logits = model(x)
        loss = F.binary_cross_entropy_with_logits(logits, y)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        curve.append(((logits > 0) == (y > 0.5)).double().mean().item())
    return model, curve
# endregion train


# %% race
test_x, test_y = marked_values(1000, torch.Generator().manual_seed(2))
accuracy, curves, models = {}, {}, {}
for kind, keep in ((nn.RNN, 0), (nn.LSTM, 0),
                   (nn.LSTM, 2), (nn.GRU, 2)):
    name = f"{kind.__name__} {keep}"
    models[name], curves[name] = train(kind, keep)
    with torch.no_grad():
        logits = models[name](test_x)
    right = (logits > 0) == (test_y > 0.5)
    accuracy[name] = right.double().mean().item()
    print(f"{name:7}{accuracy[name]:7.1%}")

# %% gates
# The trained LSTM reads one sequence; what do its gates do in the unit that guards the mark best?
model, x = models["LSTM 2"], test_x[:1]
W, U, b, d = (p.detach() for p in model.rnn.parameters())
h, c = torch.zeros(hidden), torch.zeros(hidden)
record = []
for t in range(length):
    i, f, g, o = (W @ x[0, t] + b + U @ h + d).chunk(4)
    i, f, o = i.sigmoid(), f.sigmoid(), o.sigmoid()
    c = f * c + i * g.tanh()
    h = o * c.tanh()
    record.append(torch.stack([i, f, o, c]))
with torch.no_grad():
    assert torch.allclose(h, model.rnn(x)[0][0, -1])
record = torch.stack(record)                                    # (step, which, unit)
mark = int(x[0, :, 1].argmax())
opening = record[mark, 0] - record[mark + 1:, 0].mean(0)        # writes at the mark, and only there
unit = int((opening * record[mark + 1:, 1].mean(0)).argmax())
forget_mean = record[mark + 1:, 1, unit].mean().item()
input_mark, input_mean = record[mark, 0, unit].item(), record[mark + 1:, 0, unit].mean().item()

# %% save
#| smoke: false
learnt = {
    "steps": steps,
    "mark": mark,
    "curves": {name: [round(a, 4) for a in curve] for name, curve in curves.items()},
    "values": x[0, :, 0].tolist(),
    **{name: [round(v, 4) for v in record[:, k, unit].tolist()] for k, name in enumerate("ifoc")},
}
path = Path(__file__).resolve().parent / "learnt" / "memory.json"
path.write_text(json.dumps(learnt))

# %% claims
#| smoke: false
rnn, lstm_plain, lstm, gru = accuracy.values()
assert rnn < 0.6 and lstm_plain < 0.6 and lstm > 0.98 and gru > 0.98
