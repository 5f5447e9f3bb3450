import pandas as pd

runs = pd.DataFrame(
    {"loss": [1.25, 0.5, 0.75], "accuracy": [0.625, 0.875, 0.75]}, index=["mlp", "cnn", "vit"]
)

# %% best
styled = runs.style.format({"loss": "{:.1f}", "accuracy": "{:.1%}"})
styled.highlight_max(subset="accuracy", color="gold").set_caption("The best model")

# %% gradient
runs.style.background_gradient(cmap="viridis").format("{:.3f}")

# %% bars
runs.style.bar(color="lightblue").hide(axis="index")

# %% words
italic = {"selector": "th", "props": "font-style: italic"}
runs.style.map(lambda x: "color: crimson; font-weight: bold" if x > 0.8 else "").set_table_styles([italic])

# %% comma
rows = pd.MultiIndex.from_product([["train", "test"], [1, 2]], names=["set", "run"])
both = pd.DataFrame({"change": [-1.5, 0.25, 2, -0.5], "price": [1234.5, 10, 999, 20000]}, index=rows)
signs = both.style.map(lambda x: "color: crimson" if x < 0 else "", subset="change")
signs.format(decimal=",", thousands=".", precision=2)
