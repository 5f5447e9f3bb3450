"""Slides with texts and pictures as shapes, as far as another program draws them as the slide shows them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from deckwright.formats.format import DeckRendering
from deckwright.formats.pptx.compare import is_alike, pages_of, picture_of
from deckwright.formats.pptx.file import PptxSlide, Presentation, presentation_file
from deckwright.formats.pptx.layers import BLANK, Layers, layered
from deckwright.formats.pptx.libreoffice import pdf_of
from deckwright.formats.pptx.links import blocks_among
from deckwright.frozen import dataclass
from deckwright.model import SlideBlocks
from deckwright.text.counts import counted

if TYPE_CHECKING:
    from PIL.Image import Image

_NONE = SlideBlocks()


@dataclass(frozen=True, slots=True)
class Draft:
    """A slide in both forms."""

    picture: PptxSlide
    layers: Layers
    blocks: SlideBlocks
    """What could be shapes."""
    kept: SlideBlocks
    """What is."""
    slide: PptxSlide
    """With these shapes."""
    is_proved: bool = False
    """Whether it was drawn with these shapes, and looked like the picture."""

    def keeping(self, kept: SlideBlocks) -> Draft:
        """Return the slide with these shapes alone; without texts, it is the picture."""
        if not kept.texts:
            return replace(self, kept=_NONE, slide=self.picture, is_proved=True)
        return replace(self, kept=kept, slide=layered(self.picture, self.layers, self.blocks, kept))


@dataclass(frozen=True, slots=True)
class Editable:
    """A presentation with shapes."""

    presentation: Presentation
    drafts: Sequence[Draft]

    @property
    def differing(self) -> Iterator[int]:
        """Yield the place of each slide, counted from 0, that has texts and stays a picture."""
        for place, draft in enumerate(self.drafts):
            if draft.blocks.texts and not draft.kept.texts:
                yield place

    @property
    def summary(self) -> str:
        """How much can be edited, and the fonts that this needs."""
        slides = sum(bool(draft.kept.texts) for draft in self.drafts)
        texts = sum(len(draft.kept.texts) for draft in self.drafts)
        every = sum(len(draft.blocks.texts) + draft.blocks.others for draft in self.drafts)
        parts = (f"{slides} of {counted(len(self.drafts), 'slide')}", f"{texts} of {counted(every, 'text')}")
        fonts = f"; fonts: {', '.join(self._fonts)}" if texts else ""
        return f"{' and '.join(parts)} can be edited{fonts}"

    @property
    def _fonts(self) -> Sequence[str]:
        blocks = (block for draft in self.drafts for block in draft.kept.texts)
        return sorted({run.font for block in blocks for run in block.runs})


def editable(
    rendering: DeckRendering, pages: Sequence[int], presentation: Presentation, scale: float
) -> Editable:
    """Return a presentation of pages, whose slides are pictures, with shapes where they look the same.

    `scale` is that of the pictures. Raises ToolMissing and RenderError.
    """
    drafts = _drafts(rendering, pages, presentation, scale)
    with tempfile.TemporaryDirectory(prefix="deckwright-") as name:
        fonts = rendering.fonts(Path(name))
        # What looks different becomes part of the picture behind, and the rest is looked at once more.
        for keep_or_none in (False, True):
            drafts = _compared(drafts, presentation, fonts, keep_or_none)
    slides = tuple(draft.slide for draft in drafts)
    return Editable(replace(presentation, slides=slides), drafts)


def _drafts(
    rendering: DeckRendering, pages: Sequence[int], presentation: Presentation, scale: float
) -> list[Draft]:
    blocks = [blocks_among(each, pages) for each in rendering.blocks()]
    grounds = [*rendering.pictures(scale, grounds=True)]
    drafts = list[Draft]()
    for page, slide in zip(pages, presentation.slides, strict=True):
        layers = Layers(slide.picture, grounds[page], scale)
        draft = Draft(slide, layers, blocks[page], _NONE, slide)
        drafts.append(draft.keeping(blocks[page]))
    return drafts


def _compared(
    drafts: Sequence[Draft], presentation: Presentation, fonts: Path, keep_or_none: bool
) -> list[Draft]:
    """Return drafts with the shapes that another program draws as the slides show them.

    With `keep_or_none`, a slide with a shape that it draws differently is the picture.
    """
    if all(draft.is_proved for draft in drafts):
        return [*drafts]
    drawn = tuple(PptxSlide(BLANK) if draft.is_proved else draft.slide for draft in drafts)
    pdf = pdf_of(presentation_file(replace(presentation, slides=drawn)), fonts)
    width, height = round(presentation.width), round(presentation.height)
    compared = list[Draft]()
    for draft, picture in zip(drafts, pages_of(pdf, width, height), strict=True):
        compared.append(draft if draft.is_proved else _judged(draft, picture, keep_or_none))
    return compared


def _judged(draft: Draft, drawn: Image, keep_or_none: bool) -> Draft:
    slide = picture_of(draft.layers.whole, *drawn.size)
    texts = tuple(each for each in draft.kept.texts if is_alike(slide, drawn, each.box))
    pictures = tuple(each for each in draft.kept.pictures if is_alike(slide, drawn, each.box))
    kept = replace(draft.kept, texts=texts, pictures=pictures)
    if kept == draft.kept and is_alike(slide, drawn):
        return replace(draft, is_proved=True)
    return draft.keeping(_NONE if keep_or_none or kept == draft.kept else kept)
