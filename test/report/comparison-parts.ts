import type {
  Comparison,
  ComparisonScope,
  ContrastResult,
  ContrastVerdict,
} from '../../src/report/comparison/comparison.ts'
import type { VerdictWord } from '../../src/statistics/hypotheses/verdict.ts'

export function verdictOf(word: VerdictWord): ContrastVerdict {
  return { kind: 'verdict', word, sentence: `it is ${word}.` }
}

/** The composition contrast on solved, three points up and open. */
export function contrastOf(fields: Partial<ContrastResult> = {}): ContrastResult {
  const { contrast = 'composition', metric = 'solved' } = fields
  return {
    id: `model / ${contrast} / ${metric}`,
    contrast,
    kind: 'composition',
    factor: 'mode',
    other: 'script-tool',
    baseline: 'structured-parallel',
    metric,
    scale: metric === 'solved' || metric === 'clauses' ? 'difference' : 'ratio',
    better: metric === 'solved' || metric === 'clauses' ? 'higher' : 'lower',
    tasks: 30,
    clusters: 30,
    pairs: 30,
    leftOut: { noTrial: 0, unknown: 0, zero: 0 },
    estimate: metric === 'solved' ? 0.03 : 0.8,
    interval: metric === 'solved' ? { lower: -0.02, upper: 0.08 } : { lower: 0.7, upper: 0.9 },
    p: 0.2,
    adjustedP: 0.4,
    role: metric === 'solved' ? 'primary' : 'confirmatory',
    verdict: verdictOf('inconclusive'),
    ...fields,
  }
}

export function comparedScope(fields: Partial<ComparisonScope> = {}): ComparisonScope {
  return {
    name: 'openai/a',
    kinds: ['api'],
    isEvidence: true,
    unit: 'task',
    arms: [],
    contrasts: [contrastOf()],
    strata: [],
    slopes: [],
    flips: [],
    uses: [],
    reliability: [],
    noiseFloor: [],
    ...fields,
  }
}

export function comparisonWith(scopes: ComparisonScope[], fields: Partial<Comparison> = {}): Comparison {
  return {
    runs: [],
    status: { kind: 'final' },
    primary: { contrast: 'composition', metric: 'solved', margin: 0.05, isDeclared: true },
    family: { alpha: 0.05, level: 0.95, size: 4 },
    scopes,
    notes: [],
    ...fields,
  }
}
