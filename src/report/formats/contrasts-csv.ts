import type { Comparison, ContrastResult } from '../comparison/comparison.ts'
import { verdictToken } from '../judging/verdicts.ts'
import { type CsvValue, csvRow } from './csv-row.ts'

const COLUMNS: [name: string, value: (result: ContrastResult) => CsvValue][] = [
  ['contrast', result => result.contrast],
  ['kind', result => result.kind],
  ['factor', result => result.factor],
  ['other', result => result.other],
  ['baseline', result => result.baseline],
  ['metric', result => result.metric],
  ['scale', result => result.scale],
  ['role', result => result.role],
  ['tasks', result => result.tasks],
  ['clusters', result => result.clusters],
  ['estimate', result => result.estimate],
  ['lower_95', result => result.interval?.lower],
  ['upper_95', result => result.interval?.upper],
  ['p', result => result.p],
  ['p_adjusted', result => result.adjustedP],
  ['p_sign_flip', result => companionP(result, 'sign-flip')],
  ['p_wild_bootstrap', result => companionP(result, 'wild-bootstrap')],
  ['p_mcnemar', result => companionP(result, 'mcnemar')],
  ['minimum_detectable_effect', result => result.minimumDetectableEffect],
  ['margin', result => result.margin],
  ['method', result => result.method],
  ['lower_bound', result => result.bounds?.lower],
  ['upper_bound', result => result.bounds?.upper],
  ['limited_baseline', result => result.censored?.baseline],
  ['limited_other', result => result.censored?.other],
  ['verdict', verdictToken],
  ['sentence', result => result.verdict.sentence],
]

function companionP(result: ContrastResult, method: string): number | undefined {
  return result.companion?.find(each => each.method === method)?.p
}

/** `contrasts.csv`, piece by piece: one row per contrast and metric, strata after the whole; unknown values empty. */
export function* contrastsCsv({ scopes }: Comparison): Generator<string> {
  yield csvRow(['scope', 'is_evidence', 'stratum', ...COLUMNS.map(([name]) => name)])
  for (const { name, isEvidence, contrasts, strata } of scopes) {
    const groups = [{ stratum: '', contrasts }, ...strata]
    for (const { stratum, contrasts: own } of groups) {
      for (const result of own) {
        yield csvRow([name, isEvidence, stratum, ...COLUMNS.map(([, value]) => value(result))].map(rounded))
      }
    }
  }
}

function rounded(value: CsvValue): CsvValue {
  return typeof value === 'number' ? Number(value.toPrecision(10)) : value
}
