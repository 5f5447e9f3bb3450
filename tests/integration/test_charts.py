"""Charts of Plotly and altair: made by the libraries themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from integration.shell import deckwright, write

pytestmark = pytest.mark.integration

PLOTLY = """
# %% shown
import plotly.graph_objects as go

figure = go.Figure(go.Scatter(x=[1, 2, 3], y=[3, 1, 2]), {"title": "Loss"})
figure

# %% again
from IPython.display import display

print("before")
display(figure)
figure.show()
print("after")

# %% express
import plotly.express as px

px.bar(x=["a", "b"], y=[1, 2], title="Bars")
"""
ALTAIR = """
# %% shown
import altair as alt
import pandas as pd

rows = pd.DataFrame({"step": range(6000), "loss": [1 / (n + 1) for n in range(6000)]})
chart = alt.Chart(rows, title="Loss").mark_line().encode(x="step", y="loss")
chart

# %% again
chart.show()
chart | chart
"""


def test_charts_are_named(tmp_path: Path) -> None:
    pytest.importorskip("plotly")
    pytest.importorskip("altair")
    outputs = ["p.py#shown", "p.py#again", "p.py#express", "v.py#shown", "v.py#again"]
    deck = "---\nmarp: true\n---\n\n" + "\n\n---\n\n".join(
        f"```text output=../snippets/{each}\n```" for each in outputs
    )
    files = {"slides/a.md": deck, "snippets/p.py": PLOTLY, "snippets/v.py": ALTAIR}
    write(tmp_path, {"pyproject.toml": "[tool.deckwright]\n", **files})
    deckwright(tmp_path, "sync", "--yes")
    bodies = (tmp_path / "slides/a.md").read_text("utf-8").split("```")[1::2]
    assert [body.split("\n", 1)[1].rstrip("\n").split("\n") for body in bodies] == [
        ["Plotly chart: Loss"],
        ["before", "Plotly chart: Loss", "Plotly chart: Loss", "after"],
        ["Plotly chart: Bars"],
        ["Vega-Lite chart: Loss"],
        ["Vega-Lite chart: Loss", "Vega-Lite chart"],
    ]
    assert deckwright(tmp_path, "sync", "--yes").code == 0
    assert (tmp_path / "slides/a.md").read_text("utf-8").split("```")[1::2] == bodies
