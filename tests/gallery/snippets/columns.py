import polars as pl

runs = pl.DataFrame({"model": ["mlp", "cnn", None], "loss": [1.5, None, -0.25], "steps": [10, 1000, 250]})

# %% frame
runs

# %% grouped
runs.group_by("model", maintain_order=True).agg(pl.col("loss").mean(), pl.len().alias("runs"))

# %% nested
pl.DataFrame({"name": ["a", "b"], "layers": [[3, 4], [5]], "best": [{"lr": 0.1}, {"lr": 0.01}]})

# %% series
runs["steps"]

# %% times
from datetime import date, timedelta

days = pl.DataFrame({"day": [date(2026, 3, 1), None], "took": [timedelta(hours=1), timedelta(days=2)]})
days

# %% printed
print(days)
