import pandas as pd

runs = pd.DataFrame({"model": ["mlp", "mlp", "cnn"], "lr": [0.1, 0.01, 0.1], "loss": [1.5, 0.75, 0.4]})

# %% plain
runs

# %% rows
runs.groupby(["model", "lr"]).mean()

# %% columns
runs.groupby("model").agg({"loss": ["min", "max"], "lr": ["mean"]})

# %% both
models = pd.MultiIndex.from_product([["mlp", "cnn"], [0.1, 0.01]], names=["model", "lr"])
scores = pd.MultiIndex.from_product([["train", "test"], ["acc", "loss"]], names=["set", "score"])
rows = [[0.9, 0.4, 0.8, 0.6], [0.7, 0.8, 0.6, 1.1], [0.99, 0.1, 0.95, 0.2], [0.9, 0.3, 0.9, 0.35]]
pd.DataFrame(rows, index=models, columns=scores)

# %% kinds
pd.DataFrame(
    {
        "day": pd.to_datetime(["2026-03-01", "2026-03-02", None]),
        "rain": [0.5, None, -2.25],
        "wind": pd.array([3, None, 12], dtype="Int64"),
        "sunny": [True, False, True],
        "note": ["**no** `markup`", "a|b <b>c</b>", "中文 $x$"],
    }
)

# %% series
runs.groupby("model")["loss"].mean()

# %% margins
pd.crosstab(runs["model"], runs["lr"], margins=True)

# %% long
pd.DataFrame({"n": range(100), "square": [n * n for n in range(100)]})

# %% wide
pd.set_option("display.max_columns", 6)
pd.DataFrame({f"c{n}": [n, -n] for n in range(40)})

# %% levels
pd.reset_option("display.max_columns")
sales = pd.DataFrame(
    {
        "year": [2025, 2025, 2025, 2026, 2026],
        "city": ["Bonn", "Bonn", "Köln", "Bonn", "Köln"],
        "kind": ["new", "used", "new", "new", "new"],
        "sold": [3, 1, 4, 1, 5],
    }
)
sales.pivot_table(index=["year", "city"], columns="kind", values="sold", aggfunc="sum", fill_value=0)

# %% described
sales["sold"].describe().to_frame().T

# %% empty
sales[sales["sold"] > 9]

# %% categories
groups = pd.cut(sales["sold"], [0, 2, 5])
pd.DataFrame({"group": groups, "share": (sales["sold"] / 14).map("{:.0%}".format)}).head(2)

# %% printed
print(runs)

# %% info
runs.info(memory_usage=False)
