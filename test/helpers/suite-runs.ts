import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MODES } from '../../src/contracts/arm.ts'
import { inlineSuite, inlineTask } from './inline-task.ts'
import { createFolder } from './run-cli.ts'

export interface RunJson {
  out: string
  planned: number
  finished: number
  failed: number
  documents: string[]
}

/** A suite in a folder of its own; every mode, so four trials a task and model. */
export async function createSuite(fields: Record<string, unknown> = {}, tasks = ['one', 'two']): Promise<string> {
  const files = Object.assign({}, ...tasks.map(id => inlineTask(id)))
  return createFolder({ ...files, 'suite.yaml': inlineSuite({ factors: { mode: MODES }, ...fields }) })
}

export async function readRows(folder: string, run = 'run'): Promise<Record<string, string>[]> {
  const [header = '', ...lines] = (await readFile(join(folder, run, 'trials.csv'), 'utf8')).trim().split('\n')
  const names = header.split(',')
  return lines.map(line => Object.fromEntries(line.split(',').map((value, index) => [names[index] as string, value])))
}

export async function readJournal(folder: string): Promise<string[]> {
  const lines = (await readFile(join(folder, 'run', 'journal.jsonl'), 'utf8')).trim().split('\n')
  return lines.map(line => (JSON.parse(line) as { trial: string }).trial)
}
