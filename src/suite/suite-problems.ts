import { hint } from '../base/did-you-mean.ts'
import { digestOf } from '../base/digest.ts'
import type { Problem } from '../base/explain-issues.ts'
import type { Suite } from '../contracts/suite.ts'

/** Mistakes that no single field shows: what contradicts what. */
export function suiteProblems(suite: Suite): Problem[] {
  return [...modelProblems(suite), ...sourceProblems(suite), ...analysisProblems(suite), ...approvalProblems(suite)]
}

function modelProblems(suite: Suite): Problem[] {
  const keys = suite.models.map(({ spec, parameters, playerKind }) => digestOf({ spec, parameters, playerKind }))
  return suite.models.flatMap((model, index): Problem[] => {
    if (keys.indexOf(keys[index] as string) !== index)
      return [{ path: ['models', index], message: `${model.spec} is listed twice with equal parameters; list it once` }]
    if (model.playerKind !== undefined && !model.spec.startsWith('command/'))
      return [{ path: ['models', index, 'playerKind'], message: 'expected only for command/… models', isKey: true }]
    return []
  })
}

function sourceProblems(suite: Suite): Problem[] {
  const ids = (suite.sources ?? []).map(source => source.id)
  return ids.flatMap((id, index) =>
    ids.indexOf(id) === index
      ? []
      : [{ path: ['sources', index, 'id'], message: `"${id}" is a duplicate; expected each id once` }],
  )
}

function analysisProblems({ analysis, factors }: Suite): Problem[] {
  if (!analysis) return []
  const factor = factors.find(({ name }) => name === analysis.factor)
  if (!factor) {
    const known = factors.map(({ name }) => name)
    const message = `expected one of this suite's factors, found "${analysis.factor}"${hint(analysis.factor, known)}`
    return [{ path: ['analysis', 'factor'], message }]
  }
  if (factor.levels.includes(analysis.baseline)) return []
  const message = `expected a level of ${factor.name}, found "${analysis.baseline}"${hint(analysis.baseline, factor.levels)}`
  return [{ path: ['analysis', 'baseline'], message }]
}

function approvalProblems({ approval }: Suite): Problem[] {
  const isPointless = approval.policy === 'never' && approval.answer === 'ask'
  const message = 'the policy "never" does not ask; expected "allow" or "deny", or another policy'
  return isPointless ? [{ path: ['approval', 'answer'], message }] : []
}
