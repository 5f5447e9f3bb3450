# /// script
# dependencies = ["torch", "numpy"]
#
# [tool.deckwright.smoke]
# steps = 20
# n = 50
# ///
"""DDPM and flow matching learn the same two moons; their paths, and how many calls each needs."""

# %% imports
import json
from pathlib import Path

import torch

from diffusion import Net, ddpm_loss, flow_loss, flow_sample, respaced, moons

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
steps = 2500


# region train
def train(loss_of):
    torch.manual_seed(0)
    data = torch.Generator().manual_seed(1)
    net, curve = Net(), []
    optimizer = torch.optim.Adam(net.parameters(), lr=4e-3)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(
        optimizer, steps)
    for step in range(steps):
        loss = loss_of(net, moons(256, data))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        curve.append(loss.item())
    return net, curve
# endregion train


# %% run
ddpm, ddpm_curve = train(ddpm_loss)
flow, flow_curve = train(flow_loss)
first_ddpm, last_ddpm = ddpm_curve[0], sum(ddpm_curve[-200:]) / 200
first_flow, last_flow = flow_curve[0], sum(flow_curve[-200:]) / 200
print(f"DDPM {first_ddpm:.2f} -> {last_ddpm:.2f}")
print(f"flow {first_flow:.2f} -> {last_flow:.2f}")


# %% calls
def distance(a, b):
    """Sliced Wasserstein distance: sort along 32 directions, and compare."""
    directions = torch.linspace(0, torch.pi, 33)[:-1]
    d = torch.stack([directions.cos(), directions.sin()])
    return ((a @ d).sort(0).values - (b @ d).sort(0).values).abs().mean().item()


n = 2000
truth = moons(n, torch.Generator().manual_seed(5))
floor = distance(truth, moons(n, torch.Generator().manual_seed(6)))
counts = (1, 2, 4, 8, 16, 32, 64, 128)
torch.manual_seed(2)
start = torch.randn(n, 2)
quality = {"DDPM": [], "DDIM": [], "flow": []}
for calls in counts:
    torch.manual_seed(3)
    quality["DDPM"].append(distance(truth, respaced(ddpm, start, calls, 1.0)))
    quality["DDIM"].append(distance(truth, respaced(ddpm, start, calls, 0.0)))
    quality["flow"].append(distance(truth, flow_sample(flow, start, calls)))
for calls, row in zip(counts, zip(*quality.values())):
    print(f"{calls:4}", *(f"{v:.3f}" for v in row))
print(f"floor {floor:.3f}")

# %% save
#| smoke: false
m = 500
torch.manual_seed(4)
noise = torch.randn(m, 2)
with torch.no_grad():
    keep = [*range(0, 1000, 50), 960, 970, 980, 990, 999]
    end, states = respaced(ddpm, noise, 1000, 1.0, keep)
    reverse = [(1000 - k, states[k]) for k in keep] + [(0, end)]
    x = noise
    calls = 24
    axis = torch.linspace(-2.4, 2.4, 17)
    grid = torch.stack(torch.meshgrid(axis, axis, indexing="xy"), -1).view(-1, 2)
    paths, fields = [x], []
    for k in range(calls):
        t = k / calls
        fields.append(flow(grid, torch.full((len(grid),), t)))
        x = x + flow(x, torch.full((m,), t)) / calls
        paths.append(x)


def rounded(tensor, places=3):
    return [round(v, places) for v in tensor.flatten().tolist()]


learnt = {
    "reverse": [(k, rounded(s)) for k, s in reverse],
    "paths": [rounded(p) for p in paths],
    "truth": rounded(moons(m, torch.Generator().manual_seed(7))),
    "axis": rounded(axis), "fields": [rounded(f) for f in fields],
    "counts": counts, "floor": round(floor, 4),
    "quality": {kind: [round(v, 4) for v in curve] for kind, curve in quality.items()},
    "ddpm_curve": [round(sum(ddpm_curve[k : k + 30]) / 30, 4) for k in range(0, len(ddpm_curve), 30)],
    "flow_curve": [round(sum(flow_curve[k : k + 30]) / 30, 4) for k in range(0, len(flow_curve), 30)],
}
path = Path(__file__).resolve().parent / "learnt" / "toy.json"
path.write_text(json.dumps(learnt))

# %% claims
#| smoke: false
ddpm_2, _, flow_2 = (curve[counts.index(2)] for curve in quality.values())
ddpm_8, ddim_8, flow_8 = (curve[counts.index(8)] for curve in quality.values())
ddpm_128, _, flow_128 = (curve[counts.index(128)] for curve in quality.values())
assert 0.8 < first_ddpm < 1.3 and last_ddpm < 0.8 and last_flow < first_flow
assert flow_8 < 0.8 * ddpm_8 and flow_2 < 0.2 * ddpm_2 and ddpm_128 < 0.8 * flow_128
