# /// script
# dependencies = ["torch", "numpy"]
#
# [tool.deckwright.smoke]
# steps = 20
# ///
"""CycleGAN on two domains of points: no pairs, and yet the mapping is found."""

# %% imports
import json
from pathlib import Path

import torch
from torch import nn
from torch.nn.functional import softplus

from gan import Adam, network

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


# %% data
def letter(n, generator):
    """Points along an F: it looks like no turned or mirrored copy of itself."""
    strokes = torch.tensor([[-0.7, -1.5, -0.7, 1.5], [-0.7, 1.5, 1.3, 1.5], [-0.7, 0.2, 0.6, 0.2]])
    lengths = (strokes[:, 2:] - strokes[:, :2]).norm(dim=1)
    which = torch.multinomial(lengths, n, replacement=True, generator=generator)
    t = torch.rand(n, 1, generator=generator)
    return torch.lerp(strokes[which, :2], strokes[which, 2:], t) + 0.08 * torch.randn(n, 2,
                                                                                      generator=generator)


true_A = torch.tensor([[0.8, -0.45], [0.45, 0.8]])
true_b = torch.tensor([0.5, -0.3])


def domain_y(n, generator):
    return letter(n, generator) @ true_A.T + true_b


# %% networks
torch.manual_seed(0)
data = torch.Generator().manual_seed(1)
G, F = nn.Linear(2, 2), nn.Linear(2, 2)         # X 到 Y，Y 到 X
for net in (G, F):
    nn.init.eye_(net.weight)
    nn.init.zeros_(net.bias)
D_X, D_Y = network(2, 1), network(2, 1)
for_D = Adam([*D_X.parameters(), *D_Y.parameters()], lr=2e-3, betas=(0.0, 0.9))
for_G = Adam([*G.parameters(), *F.parameters()], lr=1e-2, betas=(0.0, 0.9))
steps = 800
batch, every = 128, 40
curve, frames = [], []
shown = letter(300, torch.Generator().manual_seed(2))


def separate(D, real, fake):
    real.requires_grad_()
    on_real = D(real)
    (slope,) = torch.autograd.grad(on_real.sum(), real, create_graph=True)
    return softplus(-on_real).mean() + softplus(D(fake.detach())).mean() + 0.1 * slope.pow(2).sum(1).mean()


for step in range(steps + 1):
    x, y = letter(batch, data), domain_y(batch, data)  # 不成对
    loss_D = separate(D_Y, y, G(x)) + separate(D_X, x, F(y))
    for_D.zero_grad()
    loss_D.backward()
    for_D.step()
    x, y = x.detach(), y.detach()
    # region loss
    to_y, to_x = G(x), F(y)                 # x、y 不成对
    adversarial = (softplus(-D_Y(to_y)).mean()
                   + softplus(-D_X(to_x)).mean())
    cycle = ((F(to_y) - x).abs().sum(1).mean()
             + (G(to_x) - y).abs().sum(1).mean())
    loss = adversarial + cycle
    # endregion loss
    curve.append(cycle.item())
    if step % every == 0:
        frames.append(G(shown).detach())
    for_G.zero_grad()
    loss.backward()
    for_G.step()

# %% result
with torch.no_grad():
    test = letter(1000, torch.Generator().manual_seed(3))
    wanted = test @ true_A.T + true_b
    before = (test - wanted).norm(dim=1).mean().item()
    error = (G(test) - wanted).norm(dim=1).mean().item()
    back = (F(G(test)) - test).norm(dim=1).mean().item()
print(f"before {before:.2f}  after {error:.2f}  back {back:.2f}")

# %% save
#| smoke: false
target = shown @ true_A.T + true_b


def rounded(tensor):
    return [round(v, 3) for v in tensor.flatten().tolist()]


learnt = {
    "x": rounded(shown), "y": rounded(domain_y(300, torch.Generator().manual_seed(4))),
    "frames": [rounded(f) for f in frames], "every": every,
    "error": [round((f - target).norm(dim=1).mean().item(), 3) for f in frames],
    "cycle": [round(c, 3) for c in curve[::every]],
}
path = Path(__file__).resolve().parent / "learnt" / "cycle.json"
path.write_text(json.dumps(learnt))

# %% claims
#| smoke: false
assert error < 0.2 * before and back < 0.1
