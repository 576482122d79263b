import { constants } from 'node:fs'
import { errorText } from '../../base/error-text.ts'
import { isObject } from '../../base/json-fields.ts'
import { createWorkspaceView } from '../../workspace/workspace-view.ts'

export type Reward = { ok: true; clauses: Record<string, number> } | { ok: false; problem: string }

const REWARD_BYTES_MAX = 1024 * 1024

/**
 * What a verifier wrote to `verifier/` in its folder of logs: `reward.json` (an object of numbers), else `reward.txt`
 * (one number). Workspace code ran with it, so links that lead out, pipes and huge files are refused.
 */
export async function readReward(logsDir: string): Promise<Reward> {
  const json = await readInside(logsDir, 'verifier/reward.json')
  if (json.kind === 'text') return parseClauses(json.text)
  if (json.kind === 'refused') return { ok: false, problem: `reward.json ${json.reason}` }
  const text = await readInside(logsDir, 'verifier/reward.txt')
  if (text.kind === 'missing') return { ok: false, problem: 'it wrote no reward.json and no reward.txt' }
  if (text.kind === 'refused') return { ok: false, problem: `reward.txt ${text.reason}` }
  const reward = Number(text.text.trim())
  if (text.text.trim() === '' || !Number.isFinite(reward)) return { ok: false, problem: 'reward.txt is not a number' }
  return { ok: true, clauses: { reward } }
}

type RewardFile = { kind: 'text'; text: string } | { kind: 'missing' } | { kind: 'refused'; reason: string }

async function readInside(logsDir: string, path: string): Promise<RewardFile> {
  const view = createWorkspaceView({ hostRoot: logsDir, guestRoot: '/logs' })
  const resolved = await view.resolve(path)
  if (!resolved.ok) return { kind: 'refused', reason: `leads elsewhere: ${resolved.error.message}` }
  const opened = await view.open(resolved.value, constants.O_RDONLY)
  if (!opened.ok) {
    const { code, message } = opened.error
    return code === 'not-found' ? { kind: 'missing' } : { kind: 'refused', reason: `cannot be read: ${message}` }
  }
  await using file = opened.value
  const stats = await file.stat()
  if (!stats.isFile()) return { kind: 'refused', reason: 'is not a file' }
  if (stats.size > REWARD_BYTES_MAX) return { kind: 'refused', reason: `is larger than ${REWARD_BYTES_MAX} bytes` }
  return { kind: 'text', text: await file.readFile('utf8') }
}

function parseClauses(text: string): Reward {
  try {
    const value = JSON.parse(text) as unknown
    if (!isObject(value)) throw new Error('not an object')
    const clauses = Object.entries(value)
    if (clauses.length === 0) throw new Error('it has no clauses')
    for (const [name, reward] of clauses) {
      if (typeof reward !== 'number' || !Number.isFinite(reward)) throw new Error(`"${name}" is not a number`)
    }
    return { ok: true, clauses: Object.fromEntries(clauses) as Record<string, number> }
  } catch (error) {
    return { ok: false, problem: `reward.json is not an object of numbers (${errorText(error)})` }
  }
}
