import matplotlib.pyplot as plt
import numpy as np
import seaborn as sns
from IPython.display import display
from PIL import Image

# %% loop
x = np.linspace(0, 6, 50)
for rate in (1, 3):
    figure, axes = plt.subplots(figsize=(4, 1.3), layout="constrained")
    axes.plot(x, np.sin(rate * x))
    print("rate", rate)
    display(figure)
    plt.close(figure)

# %% image
ramp = np.linspace(0, 255, 120 * 60).reshape(60, 120)
Image.fromarray(ramp.astype("uint8")).resize((360, 180))

# %% icon
icon = Image.new("RGBA", (80, 80), (0, 0, 0, 0))
icon.paste((200, 40, 60, 255), (20, 20, 60, 60))
print(icon.size)
display(icon, icon.convert("L"))

# %% plotted
figure, axes = plt.subplots(figsize=(5, 2.4))
axes.plot(x, np.exp(-x), label="decay")
axes.legend()
plt.close(figure)
figure

# %% heatmap
#| label: heatmap
#| fig-width: 6
#| fig-height: 4
#| fig-alt: A table of coloured squares with their numbers
sns.heatmap(np.arange(12).reshape(3, 4) / 12, annot=True, cmap="mako")

# %% pairs
#| label: pairs
#| fig-alt: Six scatter plots and three densities of three variables
import pandas as pd

normal = np.random.default_rng(0).normal(size=(40, 3))
sns.pairplot(pd.DataFrame(normal, columns=["height", "weight", "age"]), height=1.6)

# %% mixed
from IPython.display import JSON, SVG

square = '<rect width="90" height="30" fill="teal"/>'
display(SVG(f'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30">{square}</svg>'))
display(JSON({"loss": 0.5}), pd.DataFrame({"n": [1]}))
