# /// script
# dependencies = ["torch", "scikit-learn"]
#
# [tool.deckwright]
# timeout = 300
#
# [tool.deckwright.smoke]
# steps = 20
# each = 3
# ///
"""Train the flow on scikit-learn's digits; draw new ones, and check them."""

# %% imports
import json
from pathlib import Path

import torch
from sklearn.datasets import load_digits
from sklearn.svm import SVC

from digits_flow import Net, generate, loss_of

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
digits = load_digits()
x, y = torch.tensor(digits.data) / 8 - 1, torch.tensor(digits.target)

# %% train
torch.manual_seed(0)
steps = 1000
batch = 128
net = Net()
parameters = sum(p.numel() for p in net.parameters())
optimizer = torch.optim.Adam(net.parameters(), lr=2e-3)
schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, steps)
curve = []
for step in range(steps):
    chosen = torch.randint(len(x), (batch,))
    loss = loss_of(net, x[chosen], y[chosen])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    schedule.step()
    curve.append(loss.item())
first, last = sum(curve[:20]) / 20, sum(curve[-200:]) / 200
print(f"loss {first:.2f} -> {last:.2f}")

# %% judge
judge = SVC(gamma=0.05, C=10).fit(x[:1400].numpy(), y[:1400].numpy())
judge_accuracy = judge.score(x[1400:].numpy(), y[1400:].numpy())
torch.manual_seed(1)
each = 50
wanted = torch.arange(10).repeat_interleave(each)
noise = torch.randn(10 * each, 64)
guided = {}
for w in (0.0, 1.0, 2.0, 4.0):
    guided[w] = generate(net, noise, wanted, w=w).clamp(-1, 1)
agrees = {w: float((judge.predict(s.numpy()) == wanted.numpy()).mean()) for w, s in guided.items()}
variety = {w: s.view(10, each, 64).std(1).mean().item() for w, s in guided.items()}
print(f"judge {judge_accuracy:.1%}")
for w in guided:
    print(f"w={w:.0f}  {agrees[w]:4.0%}  {variety[w]:.2f}")

# %% copies
chosen = guided[2.0].view(10, each, 64)[:, :1].reshape(-1, 64)
distances = torch.cdist(guided[2.0], x)
nearest = distances.min(1)
real = torch.cdist(x, x)
real.fill_diagonal_(torch.inf)
apart, apart_real = nearest.values.median().item(), real.min(1).values.median().item()
print(f"nearest: samples {apart:.2f}, digits {apart_real:.2f}")

# %% save
#| smoke: false
frames = []


def watched(x, t, digit):
    """The network; notes what it is asked (twice at each step)."""
    frames.append(x)
    return net(x, t, digit)


torch.manual_seed(3)
shown = torch.arange(10).repeat_interleave(4)
final = generate(watched, torch.randn(40, 64), shown, w=2.0)


def rounded(tensor):
    return [round(v, 2) for v in tensor.flatten().tolist()]


pick = guided[2.0].view(10, each, 64)
learnt = {
    "samples": rounded(pick[:, :12]),
    "guided": {f"{w:.0f}": rounded(s.view(10, each, 64)[:, 0]) for w, s in guided.items()},
    "frames": [rounded(f) for f in [*frames[::4], final]],
    "neighbours": rounded(x[nearest.indices].view(10, each, 64)[:, 0]),
    "real": rounded(torch.stack([x[y == d][:12] for d in range(10)])),
    "curve": [round(sum(curve[k : k + 20]) / 20, 4) for k in range(0, steps, 20)],
}
path = Path(__file__).resolve().parent / "learnt" / "digits.json"
path.write_text(json.dumps(learnt))

# %% claims
#| smoke: false
agrees_0, agrees_1, agrees_2, agrees_4 = agrees.values()
variety_0, variety_1, variety_2, variety_4 = variety.values()
train_size = len(x)
assert agrees_0 < 0.2 and agrees_1 > 0.85 and agrees_2 > 0.9
assert variety_4 < variety_1 and apart > 0.5 * apart_real
