/** What each quantity of a contrast is called, in every table and every document. */
export const QUANTITY = {
  value: 'Difference or ratio [95 %]',
  p: 'p',
  adjustedP: 'Adjusted p',
  companionP: 'Companion p',
  detectable: 'Detectable',
  noise: 'Noise floor',
  failed: 'With failed trials',
  verdict: 'Verdict',
  breakEven: 'Break-even',
} as const
