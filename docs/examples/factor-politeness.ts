import type { FactorModule } from 'scriptbench'

/** Does it matter how the preamble speaks to the model? The first level is the default and changes nothing. */
export const factor: FactorModule = {
  name: 'politeness',
  levels: {
    plain: {},
    polite: { preamble: text => `${text}\n\nThank you for your help; please take your time.` },
    rude: { preamble: text => `${text}\n\nDo not waste my time.` },
  },
}
