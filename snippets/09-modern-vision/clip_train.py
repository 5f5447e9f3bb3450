# /// script
# dependencies = ["torch", "numpy"]
#
# [tool.deckwright.smoke]
# steps = 20
# ///
"""A small CLIP learns shapes and words; then it classifies what it was never trained to classify."""

# %% imports
import json
from pathlib import Path

import torch
from torch.nn import functional as F

from clip_loss import clip_loss
from clip_model import CLIP
from pairs import brief, captions, draw, encode, hidden, seen
from shapes import names

torch.set_default_dtype(torch.float64)  # the same numbers on every computer
torch.set_num_threads(1)

# %% data
test = torch.Generator().manual_seed(2)
pictures = draw([c for c in captions for _ in range(20)], test)   # 20 of each caption
answers = torch.arange(len(captions)).repeat_interleave(20)
is_hidden = torch.tensor([c in hidden for c in captions])[answers]


# region zero_shot
@torch.no_grad()
def similarity(net, images, words):
    image, text = net(images, encode(words))
    return F.normalize(image) @ F.normalize(text).T

def zero_shot(net, images, words):
    """和哪句话最像，就是哪一类。"""
    return similarity(net, images, words).argmax(1)
# endregion zero_shot


# %% train
torch.manual_seed(0)
data = torch.Generator().manual_seed(1)
steps = 1000
every = 50
net = CLIP()
optimizer = torch.optim.Adam(net.parameters(), lr=5e-3)
schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 5e-3, total_steps=steps + 1, pct_start=0.1)
losses, frames, accuracies = [], [], []
# region loop
for step in range(steps + 1):
    if step % every == 0:
        guess = zero_shot(net, pictures, captions)
        right = (guess == answers)[is_hidden]
        accuracies.append(right.double().mean().item())
        frames.append(similarity(net, pictures[::20], captions))
    words = (seen, names, seen, names, brief)[step % 5]
    image, text = net(draw(words, data), encode(words))
    loss = clip_loss(image, text, net.log_scale)
    losses.append(loss.item())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    schedule.step()
# endregion loop

# %% result
guess = zero_shot(net, pictures, captions)
accuracy_hidden = (guess == answers)[is_hidden].double().mean().item()
accuracy_seen = (guess == answers)[~is_hidden].double().mean().item()
sims = similarity(net, pictures, captions)
found = sims.argsort(0, descending=True)[:4]         # the four best pictures for each caption
retrieved = (answers[found] == torch.arange(16)).double().mean().item()
colour_right = (zero_shot(net, pictures, brief) == answers // 4).double().mean().item()
scale = net.log_scale.exp().item()
print(f"{accuracy_seen:.0%} {accuracy_hidden:.0%} {retrieved:.0%} {colour_right:.0%} {scale:.1f}")

# %% save
#| smoke: false


def rounded(m):
    return [[round(v, 2) for v in row] for row in m.tolist()]


learnt = {
    "captions": captions,
    "hidden": hidden,
    "losses": [round(v, 4) for v in losses],
    "accuracies": accuracies,
    "every": every,
    "frames": [rounded(m) for m in frames],
    "mean": rounded(sims.view(16, 20, 16).mean(1)),
    "found": found.T.tolist(),
}
(Path(__file__).resolve().parent / "learnt" / "clip.json").write_text(json.dumps(learnt, ensure_ascii=False))

# %% claims
#| smoke: false
first_loss, last_loss = losses[0], sum(losses[-20:]) / 20
parameters = sum(p.numel() for p in net.parameters())
pictures_hidden = int(is_hidden.sum())
assert accuracy_hidden >= 0.9 and accuracy_seen > 0.9 and accuracies[0] < 0.4
