import { readFile } from 'node:fs/promises'
import { explainIssues, fieldName } from '../../base/explain-issues.ts'
import { UserError } from '../../contracts/errors.ts'
import { GATE_POLICY_DEFAULT, type GatePolicy, gatePolicySchema } from '../../report/gate/gate-policy.ts'
import { parseYaml } from '../../suite/yaml-source.ts'

/** A policy file, every mistake with its line; without a file the defaults. */
export async function loadGatePolicy(file: string | undefined): Promise<GatePolicy> {
  if (file === undefined) return GATE_POLICY_DEFAULT
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UserError(
      'file-not-found',
      `${file}: no policy there; expected a readable .yaml file, see docs/gating.md`,
    )
  })
  const yaml = parseYaml(file, text)
  const parsed = gatePolicySchema.safeParse(yaml.value ?? {})
  if (parsed.success) return parsed.data
  const problems = explainIssues(gatePolicySchema, parsed.error.issues, yaml.value)
  const lines = problems.map(({ path, message, isKey = false }) => {
    return `${file}:${yaml.lineOf(path, { ofKey: isKey })}: ${fieldName(path)}: ${message}`
  })
  throw new UserError('usage', lines.join('\n'))
}
