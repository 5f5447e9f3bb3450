import altair as alt
import pandas as pd
import plotly.express as px
import plotly.graph_objects as go
from IPython.display import display

runs = pd.DataFrame(
    {"epoch": [1, 2, 3, 1, 2, 3], "loss": [2, 1.2, 0.7, 1.8, 0.9, 0.4], "model": list("aaabbb")}
)

# %% lines
px.line(runs, x="epoch", y="loss", color="model", title="Loss", height=380)

# %% shown
figure = go.Figure(go.Bar(x=["cat", "dog"], y=[0.7, 0.3]))
figure.update_layout(height=340, title="Scores")
figure.show()

# %% points
#| fig-alt: Points that fall with the epoch, in two colours
alt.Chart(runs, title="Loss per epoch").mark_point().encode(x="epoch:O", y="loss", color="model")

# %% loop
for model in "ab":
    print("model", model)
    chart = alt.Chart(runs[runs["model"] == model]).mark_bar().encode(x="epoch:O", y="loss")
    display(chart.properties(height=90))
