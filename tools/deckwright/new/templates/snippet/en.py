"""What this script is about. Slides show its regions; `python FILE` runs it."""

# region sum
numbers = range(1, 101)
total = sum(numbers)
print(total)
# endregion sum
