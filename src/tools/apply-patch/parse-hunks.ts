import type { Result } from '../../contracts/result.ts'
import { trim, trimEnd } from '../rust-trim.ts'
import { withoutCarriageReturn } from './frame-patch.ts'
import type { AddOperation, ParsedPatch, PatchOperation, PatchParseError, UpdateOperation } from './patch.ts'
import {
  ADD_FILE,
  DELETE_FILE,
  END_PATCH,
  ENVIRONMENT_ID,
  emptyUpdate,
  invalidHeader,
  LAST_LINE_MESSAGE,
  NO_LINES_MESSAGE,
  UPDATE_FILE,
  unexpectedLine,
} from './patch-markers.ts'
import { readUpdateLine } from './read-update-line.ts'

interface OpenUpdate {
  operation: UpdateOperation
  headerLine: number
}

type State =
  | { at: 'start' | 'delete' | 'ended' }
  | { at: 'add'; operation: AddOperation }
  | ({ at: 'update' } & OpenUpdate)

interface Machine {
  state: State
  patch: ParsedPatch
}

/** The line machine of 0.169. `framed` runs from the Begin line to the End line. */
export function parseHunks(framed: readonly string[]): Result<ParsedPatch, PatchParseError> {
  const machine: Machine = { state: { at: 'start' }, patch: { operations: [] } }
  for (const [index, raw] of framed.entries()) {
    if (index === 0) continue
    const isLast = index === framed.length - 1
    const error = isLast ? end(machine, raw, index + 1) : step(machine, withoutCarriageReturn(raw), index + 1)
    if (error) return { ok: false, error }
  }
  return { ok: true, value: machine.patch }
}

function step(machine: Machine, line: string, number: number): PatchParseError | undefined {
  const { state } = machine
  if (state.at === 'ended') return trim(line) === '' ? undefined : { message: LAST_LINE_MESSAGE }
  const bare = state.at === 'update' ? trimEnd(line) : trim(line)
  if (state.at === 'start' && bare.startsWith(ENVIRONMENT_ID)) {
    return setEnvironment(machine.patch, trim(bare.slice(ENVIRONMENT_ID.length)))
  }
  if (bare === END_PATCH) return end(machine, line, number)
  const operation = headerOf(bare)
  if (operation) return closeUpdate(state, bare, number) ?? open(machine, operation, number)
  if (state.at === 'update') {
    const message = readUpdateLine(state.operation, line)
    return message === undefined ? undefined : { message, line: number }
  }
  if (state.at === 'add' && line.startsWith('+')) {
    state.operation.content += `${line.slice(1)}\n`
    return undefined
  }
  return { message: invalidHeader(bare), line: number }
}

function end(machine: Machine, line: string, number: number): PatchParseError | undefined {
  const error = closeUpdate(machine.state, line, number)
  machine.state = { at: 'ended' }
  return error
}

function open(machine: Machine, operation: PatchOperation, headerLine: number): undefined {
  machine.patch.operations.push(operation)
  if (operation.kind === 'add') machine.state = { at: 'add', operation }
  else if (operation.kind === 'update') machine.state = { at: 'update', operation, headerLine }
  else machine.state = { at: 'delete' }
}

function headerOf(line: string): PatchOperation | undefined {
  if (line.startsWith(ADD_FILE)) return { kind: 'add', path: line.slice(ADD_FILE.length), content: '' }
  if (line.startsWith(DELETE_FILE)) return { kind: 'delete', path: line.slice(DELETE_FILE.length) }
  if (line.startsWith(UPDATE_FILE)) return { kind: 'update', path: line.slice(UPDATE_FILE.length), chunks: [] }
  return undefined
}

/** An update can only end once it has a chunk and its last chunk has lines. */
function closeUpdate(state: State, closer: string, number: number): PatchParseError | undefined {
  if (state.at !== 'update') return undefined
  const last = state.operation.chunks.at(-1)
  if (!last) return { message: emptyUpdate(state.operation.path), line: state.headerLine }
  if (last.lines.length > 0) return undefined
  return { message: trim(closer) === END_PATCH ? NO_LINES_MESSAGE : unexpectedLine(closer), line: number }
}

function setEnvironment(patch: ParsedPatch, id: string): PatchParseError | undefined {
  if (id === '') return { message: 'apply_patch environment_id cannot be empty' }
  if (patch.environmentId !== undefined) {
    return { message: 'apply_patch environment_id cannot be specified more than once' }
  }
  patch.environmentId = id
  return undefined
}
