import { cell, end, start, type Table } from '../../base/table.ts'
import type { Scope } from '../document/report.ts'
import { bytesCell, countCell, tokensCell } from './arm-cells.ts'

/** Where tokens and bytes went. */
export function tokenTable(scope: Scope): Table {
  return {
    id: 'tokens',
    title: 'Tokens and bytes',
    notes: [
      'Means per scored trial. A bucket is – when the endpoint does not report it. Bytes from tools reached the model or a script; bytes into context are what the model was shown.',
    ],
    columns: [
      start('Arm'),
      end('Fresh input'),
      end('Cache read'),
      end('Cache written'),
      end('Output'),
      end('of it reasoning'),
      end('Bytes from tools'),
      end('Bytes into context'),
      end('Prompt distance', 'the largest of each trial, in estimated tokens'),
      end('Calls in flight', 'the largest number at one moment'),
    ],
    rows: scope.arms.map(arm => [
      cell(arm.label),
      tokensCell(arm, 'inputTokensFresh'),
      tokensCell(arm, 'cacheReadTokens'),
      tokensCell(arm, 'cacheWriteTokens'),
      tokensCell(arm, 'outputTokens'),
      tokensCell(arm, 'reasoningTokens'),
      bytesCell(arm, 'bytesFromTools'),
      bytesCell(arm, 'bytesIntoContext'),
      bytesCell(arm, 'promptDistanceTokensMax'),
      countCell(arm, 'maxInFlight'),
    ]),
  }
}
