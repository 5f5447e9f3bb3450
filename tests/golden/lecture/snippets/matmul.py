# /// script
# dependencies = ["torch"]
# ///
"""Two products."""

shape = (2, 4)
accuracy, name = 0.97312, "a|b"

# region product
print(shape)
print("---", "```", "<script>", "$$", sep="\n")
# endregion product

# %% table
round(accuracy, 2)
