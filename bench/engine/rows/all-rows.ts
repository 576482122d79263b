import type { EngineRow } from '../engine-row.ts'
import { CALL_ROWS } from './call-rows.ts'
import { HOSTILE_ROWS } from './hostile-rows.ts'
import { OVERLAP_ROWS } from './overlap-rows.ts'
import { PRICE_ROWS } from './price-rows.ts'
import { PROCESS_ROWS } from './process-rows.ts'
import { SCRIPT_ROWS } from './script-rows.ts'

export const ROWS: readonly EngineRow[] = [
  ...SCRIPT_ROWS,
  ...CALL_ROWS,
  ...OVERLAP_ROWS,
  ...HOSTILE_ROWS,
  ...PROCESS_ROWS,
  ...PRICE_ROWS,
]
