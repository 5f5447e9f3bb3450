"""`deckwright present`: a lecture before its audience, on a server that can do more than a file.

Who a request is from (`roles`) decides which site answers it (`site`): what a role may not do does not exist
for it.
"""
