"""Names that code needs from elsewhere."""

import pytest

from deckwright.adopt.analysis.free_names import uses_of


@pytest.mark.parametrize(
    ("code", "needed"),
    [
        ("x", "x"),
        ("x = x + 1", "x"),
        ("x += 1", "x"),
        ("x = 1\nprint(x)", ""),
        ("del x", "x"),
        ("for i in items: print(i)", "items"),
        ("[i for i in items if i > low]", "items low"),
        ("{k: v for k, v in pairs}", "pairs"),
        ("def f(a, *b, c=d, **e): return a, b, c, e, g, len(a)", "d g+"),
        ("def f():\n    global y\n    y = 1\nf()\nprint(y)", ""),
        ("def f(): return h()\ndef h(): return 1", ""),
        ("@wrap\ndef f(x: T) -> U: ...", "wrap U T"),
        ("lambda a: a + b", "b+"),
        ("class A(B):\n    n = 1\n    def f(self): return self.n, A, other", "B other+"),
        ("with open('x') as f: f.read()", ""),
        ("try:\n    import a\nexcept ImportError as e:\n    print(e)", ""),
        ("import a.b as c, d.e\nc, d", ""),
        ("if (n := len([])) > 1: print(n)", ""),
        ("print(n := 1, n)", ""),
        ("match 1:\n    case [a, *b]: print(a, b)\n    case {'k': c, **d}: print(c, d)", ""),
        ("__name__, __file__, print", ""),
        ("x: int\ny: T = 1", "T"),
        ("f'{a} {b!r:>{c}}'", "a b c"),
        ("if x\n", ""),
        ("from x import *\ny", ""),
        ("y\nfrom x import *\nz", "y"),
        ("def f():\n    return y\nfrom x import *", ""),
        ("def f(a):\n    for b in a:\n        setattr(a, b, c)", "c+"),
        ("exec('y = 1')\ny", ""),
    ],
)
def test_names_that_code_needs(code: str, needed: str) -> None:
    names = [use.name + "+" * use.later for use in uses_of(code).needed]
    assert " ".join(dict.fromkeys(names)) == needed


def test_a_use_has_its_place_in_characters() -> None:
    (use,) = uses_of('x = 1\ny = "中文", np.ones(3)').needed
    assert (use.name, use.attribute, use.line, use.column) == ("np", "ones", 2, 11)


def test_a_star_may_bind_anything() -> None:
    assert uses_of("from torch import *").bound is None
