"""What a script may print, return or raise so that a page built without care would break."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from deckwright.model import (
    Case,
    DeckReport,
    Diagnostic,
    Failure,
    FailureKind,
    Frame,
    JobReport,
    Location,
    Raised,
    Report,
    Severity,
    Status,
)
from deckwright.text.lines import Lines
from support.course import DECK, SCRIPT

CANARY = "window.__hit=1"
"""What must never run."""

MARKDOWN = (
    "`", "``", "```", "````", "~~~", "~~~~", "```python\n", "---", "***", "___", "===", "- ", "* ", "+ ",
    "1. ", "1)", "# ", "## ", "#", "> ", "| a | b |\n|---|---|\n", "|", "||", "\\", "\\\n", "    code", "*",
    "**", "_", "__", "~~", "![bg](a.png)", "![w:99999](x)", "[](x)", "[a](b)", "[x]: y", "[^1]", "[^1]: z",
    "$", "$$", "$x$", "$$\nx\n$$", "\\(", "\\[", ":smile:", ":+1:", "{1,3}", "{.class #id}", "{1|2}", "==",
    "---\n", "\n---\n", "\n\n---\n\n", "---\nmarp: true\ntheme: gaia\n---\n", "- - -", "_class: lead",
    "\n# A\n", "\n===\n", "\n  - x\n", "ansi=\"0-9:ansi-fg-1\"", "b c", "b", "style", "script", "amp", "lt",
    "0", "1", "97.3", "-5", "+1", "1e-5", "nan", "inf", "x41", "smile", "bg", "example", "www.example.com",
    "https://example.com/a?b=c&d", "a@example.com", "ftp://x", "(c)", "...", "--", '"', "'", "+-",
)  # fmt: skip
HTML = (
    "<", ">", "</", "/>", "&", "&amp;", "&lt;script&gt;", "&#60;", "&nbsp;", "&#x202e;", "<b>", "</b>",
    "<br>", "</code>", "</pre>", "</section>", "</svg>", "</foreignObject>", "</body></html>", "</head>",
    "</title>", "<!--", "-->", "<!-- _class: lead -->", "<!-- theme: gaia -->", "<!-- fit -->",
    "<!-- note -->", "<![CDATA[", "]]>", "<?php", "?>", "<!DOCTYPE html>", "<textarea>", "<plaintext>",
    "<noscript>", "<template>", "<base href=x>", "<style>*{display:none}</style>",
    "<style scoped>section{color:red}</style>", "</style>", "</script>",
)  # fmt: skip
RUNS = (
    "<script>{run}</script>",
    "<img src=x onerror={run}>",
    "<svg onload={run}>",
    "<svg><script>{run}</script><image href='{to}/svg'/></svg>",
    "<a href='javascript:{run}'>x</a>",
    "[x](javascript:{run})",
    "<iframe src={to}/frame></iframe>",
    "<iframe srcdoc='<script>parent.{run}</script>'></iframe>",
    "<meta http-equiv=refresh content='0;url={to}/refresh'>",
    "<link rel=stylesheet href={to}/link>",
    "<style>@import '{to}/import';</style>",
    "<style>section{{background:url({to}/url)}}</style>",
    "<video poster={to}/poster autoplay>",
    "<object data={to}/object>",
    "<img src={to}/img>",
    "![]({to}/markdown)",
    "![bg]({to}/background)",
    "{to}/bare",
    "<{to}/auto>",
    "<!-- backgroundImage: url({to}/directive) -->",
    "<!-- theme: {to}/theme -->",
    '" onclick="{run}',
    "<details open ontoggle={run}>",
    "</code></pre><script>{run}</script>",
)
EMOJI = ("👩‍👩‍👧", "1️⃣", "☺️", "🇩🇪", "❤️‍🔥", "👍🏽")
"""Those of several characters."""

CHARACTERS = (
    "\r", "\r\n", "\n", "\n\n", "\t", "\b", "\a", "\f", "\v", "\0", "\x1b", "\x7f", "\x80", "\x85", "\x9b",
    "\xa0", "\xad", "\u200b", "\u200d", "\u200e", "\u200f", "\u2028", "\u2029", "\u202a", "\u202e",
    "\u202c", "\u2066", "\u2067", "\u2069", "\u3000", "\ufeff", "\ufffd", "\ufffe", "\uffff", "\ud800",
    "\udc00", "\ue000", "\U000e0001", "\u0301", "\u0301" * 20, "中", "文。", "שלום", "مرحبا", "😀", *EMOJI,
    "☺", "©", "\U0010ffff", " ", "  ", "x", "a b", "x" * 300, "`" * 40, "~" * 40, "\n" * 9,
)  # fmt: skip
TERMINAL = (
    "\x1b[31m", "\x1b[1;4;38;5;200m", "\x1b[48;2;1;2;3m", "\x1b[0m", "\x1b[m", "\x1b[", "\x1b[3",
    "\x1b[38;5", "\x1b]0;t", "\x1b]8;;javascript:window.__hit=1\x07x\x1b]8;;\x07", "\x1b[2J", "\x1b[H",
    "\x1b[2K", "\x1b[1K", "\x1b[K", "\x1b[?25l", "\x1bc", "\x1b(0", "\x1b[999999999C", "\x1b[38;5;999m",
    "\x1b[;;;m", "\x9b31m", "\x1bP+q\x1b\\", " 50%|##\r100%|####",
)  # fmt: skip


def hostile(address: str = "http://127.0.0.1:9") -> st.SearchStrategy[str]:
    """Return texts made of such pieces, and of any characters; `address` is what must not be fetched."""
    runs = [piece.format(run=CANARY, to=address) for piece in RUNS]
    pieces = st.sampled_from([*MARKDOWN, *HTML, *runs, *CHARACTERS, *TERMINAL])
    anything = st.text(st.characters(exclude_categories=[]), max_size=6)
    return st.lists(pieces | pieces | anything, max_size=8).map("".join)


def report_of(text: str) -> Report:
    """Return a report that says a text wherever it says one."""
    path = text.encode("utf-8", "replace").decode() + "\udce9"  # a name in Latin-1
    raised = Raised(text, text, (Frame(SCRIPT, 1, text, text, text),))
    line = Lines(DECK, text)[1]
    error = Diagnostic("snippet-failed", text, Location(path, 1, 1, 2), line, text)
    warning = replace(error, severity=Severity.WARNING)
    return Report(
        decks=(DeckReport(path, text, 1, {"code": 1}, scripts=(path,), outputs={text: path}, markdown=path),),
        jobs=(
            JobReport(
                path, path, "", "cpu", Status.FAILED, 0.1, text, Failure(FailureKind.RAISED, text, 0, raised)
            ),
        ),
        diagnostics=(error, warning),
        versions={text: text},
        cases=(Case(path, 1, text, 1, 0.1, (error, warning)),),
    )
