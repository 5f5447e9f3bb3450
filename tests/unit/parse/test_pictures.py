"""The pictures of a deck."""

from deckwright.parse import parse_deck


def test_addresses_and_their_places() -> None:
    text = (
        "---\nmarp: true\nbackgroundImage: url('https://a.org/1.png')\n---\n\n![](b.png) and ![](<c d.png>)\n"
        '\n<img src="//e.org/f.png">\n\n<!--\n_backgroundImage: url(http://g.org/h.jpg)\n-->\n'
        "\n# url\n\n# backgroundImage: url('https://no.org/x.png')\n"
    )
    deck = parse_deck("slides/deck.md", text)
    assert [picture.address for picture in deck.pictures] == [
        *("https://a.org/1.png", "b.png", "c d.png", "//e.org/f.png", "http://g.org/h.jpg")
    ]
    assert [picture.is_remote for picture in deck.pictures] == [True, False, False, True, True]
    assert all(text[picture.start : picture.end] == picture.address for picture in deck.pictures)
