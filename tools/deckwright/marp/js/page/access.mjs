// Accessibility, according to axe-core: elements without an alternative text.

// The rules that make sense for a slide: a deck has no landmarks, and its theme chooses the headings.
const RULES = [
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

// Not an author's mistake: Marp's drawings of formulas have no description.
const EXEMPT = ['mjx-container', '.katex-mathml']

/** Diagnostics {kind, element, pixels, message} of all slides. */
export async function inaccessible(axe, page, slides) {
  const { violations } = await axe.run(
    {
      include: slides.map(({ section }) => section),
      exclude: EXEMPT.filter((each) => page.querySelector(each)).map((each) => [each]),
    },
    {
      runOnly: { type: 'rule', values: RULES },
      resultTypes: ['violations'],
      elementRef: true,
      selectors: false,
      iframes: false,
      preload: false,
    },
  )
  return violations.flatMap(withoutText)
}

const withoutText = ({ help, nodes }) =>
  nodes
    .filter(({ element }) => !element.querySelector('mjx-container'))
    .map(({ element }) => ({ kind: 'inaccessible', element, pixels: 0, message: help }))
