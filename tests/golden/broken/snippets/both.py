# %%
#| label: both
#| raise: ValueError
x = 1
