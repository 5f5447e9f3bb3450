# /// script
# [tool.deckwright]
# timeout = -1
# ///
# region greet
count = 1
print("hello")
# endregion greet
# region open
