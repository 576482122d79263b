import { PAGE_STYLE } from './page-style.ts'
import { PICTURE_STYLE } from './picture-style.ts'
import { PRINT_STYLE } from './print-style.ts'

/** The page's only style sheet: no font, image or script comes from elsewhere. */
export const STYLE = PAGE_STYLE + PICTURE_STYLE + PRINT_STYLE
