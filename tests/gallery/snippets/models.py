import numpy as np
import statsmodels.api as sm
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

x = sm.add_constant(np.arange(8.0))
y = np.array([1.0, 2.9, 5.1, 7.0, 9.2, 10.9, 13.1, 15.0])
fit = sm.OLS(y, x).fit()

# %% summary
fit.summary(slim=True)

# %% coefficients
fit.summary().tables[1]

# %% estimator
LogisticRegression(C=0.5).fit([[0], [1]], [0, 1])

# %% pipeline
columns = make_column_transformer((OneHotEncoder(), ["city"]), (StandardScaler(), ["age"]))
make_pipeline(columns, LogisticRegression())

# %% report
from sklearn.metrics import classification_report

print(classification_report([0, 0, 1, 1], [0, 1, 1, 1], target_names=["cat", "dog"]))

# %% confusion
#| label: confusion
#| fig-width: 4
#| fig-height: 4
#| fig-alt: A table of four coloured squares, three of them with numbers above zero
from sklearn.metrics import ConfusionMatrixDisplay

ConfusionMatrixDisplay.from_predictions([0, 0, 1, 1], [0, 1, 1, 1])
