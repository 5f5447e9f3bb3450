# /// script
# dependencies = ["torch", "scikit-learn"]
#
# [tool.deckwright.smoke]
# epochs = 2
# ///
"""An autoencoder and a VAE learn the digits; their codes, and what they decode."""

# %% imports
import json
from pathlib import Path

import torch
from sklearn.datasets import load_digits

from vae import VAE, Autoencoder

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
digits = load_digits()
x, y = torch.tensor(digits.data) / 16, torch.tensor(digits.target)
epochs = 60

# region train
def train(kind):
    torch.manual_seed(0)
    model, curve = kind(), []
    optimizer = torch.optim.Adam(model.parameters(), lr=2e-3)
    for epoch in range(epochs):
        for batch in torch.randperm(len(x)).split(150):
            loss = model.loss(x[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        curve.append(loss.item())
    return model, curve
# endregion train

# %% run
plain, plain_curve = train(Autoencoder)
vae, vae_curve = train(VAE)
print(f"AE  {plain_curve[0]:7.2f} -> {plain_curve[-1]:7.2f}")
print(f"VAE {vae_curve[0]:7.2f} -> {vae_curve[-1]:7.2f}")

# %% codes
with torch.no_grad():
    plain_codes, (mu, logvar) = plain.encoder(x), vae.encoder(x).chunk(2, dim=1)
    torch.manual_seed(1)
    low, high = plain_codes.min(0).values, plain_codes.max(0).values
    anywhere = low + (high - low) * torch.rand(12, 2)
    normal = torch.randn(12, 2)
    from_plain, from_vae = plain.decoder(anywhere), vae.decoder(normal)

    steps = torch.special.ndtri(torch.linspace(0.04, 0.96, 9))
    across = torch.stack(torch.meshgrid(steps, steps.flip(0), indexing="xy"), -1).view(-1, 2)
    atlas = vae.decoder(across)

    start, goal = mu[y == 0].mean(0), mu[y == 6].mean(0)
    path = torch.lerp(start, goal, torch.linspace(0, 1, 25)[:, None])
    walk = vae.decoder(path)

    rebuilt_plain, rebuilt_vae = plain.decoder(plain_codes[:10]), vae.decoder(mu[:10])

# %% save
#| smoke: false
def rounded(tensor, places=3):
    return [round(v, places) for v in tensor.flatten().tolist()]


learnt = {
    "labels": y.tolist(),
    "plain": rounded(plain_codes), "mu": rounded(mu),
    "anywhere": rounded(anywhere), "normal": rounded(normal),
    "from_plain": rounded(from_plain, 2), "from_vae": rounded(from_vae, 2),
    "steps": rounded(steps), "atlas": rounded(atlas, 2),
    "path": rounded(path), "walk": rounded(walk, 2),
    "originals": rounded(x[:10], 2), "rebuilt_plain": rounded(rebuilt_plain, 2),
    "rebuilt_vae": rounded(rebuilt_vae, 2),
}
path_out = Path(__file__).resolve().parent / "learnt" / "vae.json"
path_out.write_text(json.dumps(learnt))

# %% claims
#| smoke: false
centre, spread = mu.mean(0), (mu.var(0) + logvar.exp().mean(0)).sqrt()
plain_spread, vae_spread = plain_codes.std(0).max().item(), spread.mean().item()
print("AE ", rounded(plain_codes.mean(0), 2), rounded(plain_codes.std(0), 2))
print("VAE", rounded(centre, 2), rounded(spread, 2))
pixel_error = (plain_curve[-1] / 64) ** 0.5
assert vae_curve[-1] < vae_curve[0] and plain_curve[-1] < plain_curve[0] / 2
assert centre.abs().max() < 0.3 and (spread - 1).abs().max() < 0.3
