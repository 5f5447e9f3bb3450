// What axe-core finds: text that hardly stands out from its ground, and what a reader who cannot see it is not told.

// Of its rules those that make sense for a slide; a deck has no landmarks, and its theme chooses the headings.
const CONTRAST = 'color-contrast'
const RULES = [
  CONTRAST,
  'image-alt',
  'svg-img-alt',
  'role-img-alt',
  'input-image-alt',
  'object-alt',
  'area-alt',
  'frame-title',
  'link-name',
  'button-name',
]

// What Marp makes is no author's omission: its drawings of formulas have no description, and its themes write
// footers pale on purpose.
const EXEMPT = ['mjx-container', '.katex-mathml', 'section > header', 'section > footer']

/** Flaws {kind, element, pixels, message} of all slides; colours once for each block. */
export async function inaccessible(axe, page, slides) {
  const { violations } = await axe.run(
    { include: slides.map(({ section }) => section), exclude: EXEMPT.filter((each) => page.querySelector(each)).map((each) => [each]) },
    {
      runOnly: { type: 'rule', values: RULES },
      resultTypes: ['violations'],
      elementRef: true,
      selectors: false,
      iframes: false,
      preload: false,
    },
  )
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ element, any }) => (id === CONTRAST ? pale(element, any[0].data) : untold(element, help))),
  )
}

const untold = (element, help) => ({ kind: 'inaccessible', element, pixels: 0, message: help })

const pale = (element, { fgColor, bgColor, contrastRatio, expectedContrastRatio }) => ({
  kind: 'low-contrast',
  element,
  pixels: 0,
  message: `${fgColor} on ${bgColor} has a contrast of ${contrastRatio}:1, and ${expectedContrastRatio} are the least`,
})
