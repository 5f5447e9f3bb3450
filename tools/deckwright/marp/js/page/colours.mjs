// Colours as numbers: [red, green, blue, alpha], the first three from 0 to 255, alpha from 0 to 1.

const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })

const RGB = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/

/** The channels of any CSS colour. */
export function channels(colour) {
  const plain = RGB.exec(colour)
  if (plain) return [plain[1], plain[2], plain[3], plain[4] ?? 1].map(Number)
  canvas.clearRect(0, 0, 1, 1)
  canvas.fillStyle = colour
  canvas.fillRect(0, 0, 1, 1)
  const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data
  return [red, green, blue, alpha / 255]
}

export const hex = (numbers) => `#${numbers.slice(0, 3).map((n) => Math.round(n).toString(16).padStart(2, '0')).join('')}`

const LINEAR = Float64Array.from({ length: 256 }, (_, value) => {
  const share = value / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
})

/** The luminance of a colour, 0 to 1 (WCAG 2). */
export const luminance = ([red, green, blue]) =>
  0.2126 * LINEAR[Math.round(red)] + 0.7152 * LINEAR[Math.round(green)] + 0.0722 * LINEAR[Math.round(blue)]

/** The contrast of two luminances, 1 to 21 (WCAG 2). */
export const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
