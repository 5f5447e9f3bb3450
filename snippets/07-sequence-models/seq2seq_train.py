# /// script
# dependencies = ["torch", "numpy"]
#
# [tool.deckwright.smoke]
# steps = 10
# ///
"""Write eight digits backwards: through one vector, and with attention."""

# %% imports
import json
from pathlib import Path

import torch
from torch.nn import functional as F
from torch.optim.lr_scheduler import OneCycleLR

from seq2seq import Attentive, Seq2Seq, shift

torch.set_default_dtype(torch.float64)  # the same numbers on every computer
torch.set_num_threads(1)

# %% settings
steps = 320
length, dim, batch = 8, 32, 64


# region train
def train(kind):
    torch.manual_seed(0)
    data = torch.Generator().manual_seed(1)
    model = kind(dim)
    optimizer = torch.optim.Adam(model.parameters())
    schedule = OneCycleLR(optimizer, 2e-2, steps)
    curve = []
    for step in range(steps):
        source = torch.randint(10, (batch, length),
                               generator=data)
        target = source.flip(1)
        logits = model(source, shift(target))    # 教师强制
        loss = F.cross_entropy(logits.mT, target)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        curve.append((logits.argmax(-1) == target).double().mean().item())
    return model, curve
# endregion train


# region write
@torch.no_grad()
def write(model, source):
    target = torch.zeros_like(source)
    for t in range(source.shape[1]):         # 一次写一个
        logits = model(source, shift(target))
        target[:, t] = logits[:, t].argmax(-1)
    return target
# endregion write


# %% compare
source = torch.randint(10, (1000, length), generator=torch.Generator().manual_seed(2))
curves, by_place, whole, models = {}, {}, {}, {}
for kind in (Seq2Seq, Attentive):
    name = kind.__name__
    models[name], curves[name] = train(kind)
    written = write(models[name], source)
    right = written == source.flip(1)
    whole[name] = right.all(1).double().mean().item()
    by_place[name] = right.double().mean(0).tolist()
    print(f"{name:9} digits {right.double().mean():.1%}"
          f"  whole {whole[name]:.1%}")

# %% save
#| smoke: false
model = models["Attentive"]
with torch.no_grad():
    model(source, shift(source.flip(1)))
example = int((write(model, source) == source.flip(1)).all(1).nonzero()[0])
learnt = {
    "curves": {name: [round(a, 4) for a in curve] for name, curve in curves.items()},
    "by_place": {name: [round(a, 4) for a in places] for name, places in by_place.items()},
    "source": source[example].tolist(),
    "weights": [[round(w, 4) for w in row] for row in model.weights[example].tolist()],
    "mean_weights": [[round(w, 4) for w in row] for row in model.weights.mean(0).tolist()],
}
path = Path(__file__).resolve().parent / "learnt" / "seq2seq.json"
path.write_text(json.dumps(learnt))

# %% claims
#| smoke: false
one_vector, attentive = whole.values()
assert attentive > one_vector + 0.3
