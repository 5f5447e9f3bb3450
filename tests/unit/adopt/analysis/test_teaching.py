"""Errors that a slide shows on purpose, and those that it has by mistake."""

import pytest

from deckwright.adopt.analysis.teaching import is_taught
from deckwright.model import Frame, Raised
from deckwright.parse import parse_deck
from support.plain_decks import fence

NAME = Raised("NameError", "name 'y' is not defined")
MODULE = Raised("ModuleNotFoundError", "No module named 'spam'")
FILE = Raised("FileNotFoundError", "[Errno 2] No such file or directory: 'data.csv'")
KEY = Raised("IndexError", "list index out of range")
TYPE = Raised("TypeError", "unsupported operand type(s) for +: 'int' and 'str'")


def taught(text: str, raised: Raised) -> bool:
    deck = parse_deck("slides/deck.md", text)
    return is_taught(deck, next(each for each in deck.fences if "code" in each.body), raised)


@pytest.mark.parametrize(
    "text",
    [
        fence("code(y)  # WRONG"),
        "# This fails\n\nIt does not work: wrong, broken, 报错 ❌\n\n" + fence("code"),
        fence("# ❌ bad", "code"),
        "Python raises an exception.\n\n" + fence("code"),
    ],
)
@pytest.mark.parametrize(
    "raised",
    [
        NAME,
        MODULE,
        FILE,
        Raised("SyntaxError", "invalid syntax"),
        Raised("IndentationError", "unexpected indent"),
        Raised("EOFError", "EOF when reading a line"),
        Raised("urllib.error.URLError", "<urlopen error>"),
        Raised("ConnectionRefusedError", "[Errno 111] Connection refused"),
        Raised("requests.exceptions.ConnectionError", "no network"),
        Raised("socket.gaierror", "[Errno -3]"),
        Raised("AttributeError", "module 'numpy' has no attribute 'float'"),
        Raised("RuntimeError", "Found no NVIDIA driver on your system"),
        Raised("LookupError", "Resource punkt not found"),
    ],
    ids=lambda raised: raised.type if isinstance(raised, Raised) else "text",
)
def test_what_is_lacking_is_never_what_a_word_means(text: str, raised: Raised) -> None:
    assert not taught(text, raised)


@pytest.mark.parametrize(
    ("text", "raised", "expected"),
    [
        ("This is a NameError:\n\n" + fence("code(y)"), NAME, True),
        (fence("code(y)  # NameError"), NAME, True),
        (fence("code(y)") + fence("NameError: name 'y' is not defined", info=""), NAME, True),
        (fence("code(y)") + fence("NameError: name 'z' is not defined", info=""), NAME, False),
        ("Errors: NameError, TypeError, IndexError\n\n" + fence("code(y)"), NAME, False),
        (fence("code") + "\nThe last one is a NameError.\n" + fence("x = 1"), NAME, True),
        (fence("code") + fence("x = 1") + "\nThe last one is a NameError.\n", NAME, False),
        (fence("try: code", "except NameError: pass"), NAME, False),
        (fence("code") + fence("try: x", "except NameError: pass"), NAME, False),
        ("It raises ImportError.\n\n" + fence("code"), MODULE, True),
        (fence("code") + fence("ModuleNotFoundError: No module named 'egg'", info="text"), MODULE, False),
        (fence("code") + fence("Traceback …", "FileNotFoundError: 'data.csv'", info="text"), FILE, True),
        ("A KeyError\n\n" + fence("code(os.environ['X'])"), Raised("KeyError", "'X'"), True),
        (fence("code(os.environ['X'])  # fails"), Raised("KeyError", "'X'"), False),
    ],
)
def test_what_is_lacking_is_taught_where_the_slide_shows_that_very_error(
    text: str, raised: Raised, expected: bool
) -> None:
    assert taught(text, raised) is expected


@pytest.mark.parametrize(
    ("text", "raised", "expected"),
    [
        (fence("code"), KEY, False),
        (fence("code  # WRONG"), KEY, True),
        (fence("# this is an error", "code"), TYPE, True),
        ("That will not work:\n\n" + fence("code"), TYPE, True),
        ("What is wrong here?\n\n" + fence("code"), TYPE, False),
        ("# A wrong type raises TypeError\n\n" + fence("code"), TYPE, True),
        ("# It raises ValueError\n\n" + fence("code"), TYPE, False),
        (fence("code  # ValueError: this fails"), TYPE, False),
        (
            "This fails:\n\n" + fence("code") + fence("KeyError: 1", info=""),
            TYPE,
            False,
        ),
        (fence("code()", "raise ValueError(1)"), Raised("ValueError", "1"), True),
        (fence("if code():", "    raise ValueError(1)"), Raised("ValueError", "1"), False),
        ("This fails:\n\n" + fence("code"), Raised("torch.OutOfMemoryError", "much"), False),
        (fence("code  # UnboundLocalError"), Raised("UnboundLocalError", "no 'x'"), True),
    ],
)
def test_other_errors_are_taught_where_the_text_says_so(text: str, raised: Raised, expected: bool) -> None:
    assert taught(text, raised) is expected


def test_a_comment_is_about_its_own_line() -> None:
    text = fence("x = 1  # an error in the old API", "", "code + 1")
    assert not taught(text, Raised("TypeError", "", (Frame("slides/deck.md", 4, "", "code + 1"),)))
    assert taught(text, Raised("TypeError", "", (Frame("slides/deck.md", 2, "", "x = 1"),)))
