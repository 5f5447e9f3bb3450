"""Names for the figures that fences draw."""

from deckwright.adopt.analysis.figures import figure_labels, unshown_figures
from support.plain_decks import fence, judged


def test_what_draws_gets_a_label_of_its_own() -> None:
    text = "# Loss\n" + fence("import matplotlib.pyplot as plt", "plt.plot([1])") * 2
    text += fence("#| label: mine", "plt.imshow(x)").replace("x)", "[[1]])") + fence("def f(): plt.plot([1])")
    labels = figure_labels(judged(text))
    assert list(labels.values()) == ["deck-loss", "deck-loss-2", "mine"]


def test_a_figure_that_no_slide_shows() -> None:
    code = fence("import matplotlib.pyplot as plt", "#| label: a", "plt.plot([1])")
    for picture, hint in (
        ("", "write ![what it shows](../figures/a.svg)"),
        ("![old](old.png)", "write ![what it shows](../figures/a.svg), in place of old.png"),
    ):
        analysis = judged(code + picture)
        (diagnostic,) = unshown_figures(analysis, figure_labels(analysis))
        assert (diagnostic.slug, diagnostic.hint) == ("unshown-figure", hint)
    analysis = judged(code + "![new](../figures/a.svg)")
    assert list(unshown_figures(analysis, figure_labels(analysis))) == []
