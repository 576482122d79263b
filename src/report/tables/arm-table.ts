import { cell, end, start, type Table } from '../../base/table.ts'
import type { Scope } from '../document/report.ts'
import { clausesCell, countCell, durationCell, failedCell, solvedBarCell, tokensCell, usdCell } from './arm-cells.ts'

/** What each arm achieved and what it took. */
export function armTable(scope: Scope): Table {
  return {
    id: 'arms',
    title: 'Arms',
    notes: [
      'Solved and clauses are of scored trials; a trial that a limit ended counts as not solved and is also shown apart. Failed trials (infrastructure) are not scored; the range is what solved would be, had they all gone one way or the other.',
      'Turns, calls, tokens, cost and time are means over all scored trials, unsolved ones included: read them beside solved, since giving up is cheap. Input is fresh + read from cache + written to cache. ≈ is a tokenizer’s estimate, – is not known.',
    ],
    columns: [
      start('Arm'),
      end('Solved'),
      end('Limited'),
      end('Failed'),
      end('Clauses kept'),
      end('Turns'),
      end('Tool calls'),
      end('Input tokens'),
      end('Output tokens'),
      end('Cost'),
      end('Working time'),
    ],
    rows: scope.arms.map(arm => [
      cell(arm.label),
      solvedBarCell(arm),
      cell(String(arm.limited)),
      failedCell(arm),
      clausesCell(arm),
      countCell(arm, 'turns'),
      countCell(arm, 'toolCalls'),
      tokensCell(arm, 'inputTokens'),
      tokensCell(arm, 'outputTokens'),
      usdCell(arm, 'costUsd'),
      durationCell(arm, 'workingMs'),
    ]),
  }
}
