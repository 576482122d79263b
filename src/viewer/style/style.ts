import { COLOURS } from './colours.ts'
import { FRAME } from './frame.ts'
import { LISTS } from './lists.ts'
import { TRIAL } from './trial.ts'

/** The style sheet of all pages. No font or image comes from elsewhere. */
export const STYLE = [COLOURS, FRAME, LISTS, TRIAL].join('\n')
