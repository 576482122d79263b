import type { Column } from './column.ts'

/** What the model and the tools did. */
export const WORK_COLUMNS = [
  { name: 'turns', key: 'turns', unit: 'count', meaning: 'Model requests, each with its reply; retries do not add.' },
  {
    name: 'requests',
    key: 'requests',
    unit: 'count',
    meaning: 'Tries over the wire, retries included. A player that reports no tries counts one per reply.',
  },
  {
    name: 'tool_calls',
    key: 'toolCalls',
    unit: 'count',
    meaning: 'Calls that reached the toolbox, whichever mode asked, failed ones included.',
  },
  {
    name: 'calls_refused_serial',
    key: 'callsRefusedSerial',
    unit: 'count',
    meaning: 'Calls answered “not executed: one call a turn” in the serial mode.',
  },
  {
    name: 'shell_compound_calls',
    key: 'shellCompoundCalls',
    unit: 'count',
    meaning: 'Calls of exec whose command was a shell program of several commands: composition without scripts.',
  },
  { name: 'scripts', key: 'scripts', unit: 'count', meaning: 'Scripts that were started.' },
  {
    name: 'script_failures',
    key: 'scriptFailures',
    unit: 'count',
    meaning: 'Scripts that failed, for whatever reason; not those the harness cancelled at a limit.',
  },
  {
    name: 'script_first_run_ok',
    key: 'scriptFirstRunOk',
    unit: 'yes/no',
    meaning: 'Whether the trial’s first script ran without failing.',
    emptyWhen: 'there was no script',
  },
  {
    name: 'lenient_repairs',
    key: 'lenientRepairs',
    unit: 'count',
    meaning: 'Repairs the harness made to read a malformed reply (JSON repair, calls in text, missing end tags).',
  },
  {
    name: 'repair_turns',
    key: 'repairTurns',
    unit: 'count',
    meaning: 'Turns right after a protocol error or a failed script: spent on form rather than on the task.',
  },
  {
    name: 'repair_tokens',
    key: 'repairTokens',
    unit: 'tokens',
    meaning: 'Input (fresh, read, written) and output tokens of the repair turns.',
    emptyWhen: 'a bucket of a repair turn is unknown',
  },
  {
    name: 'max_in_flight',
    key: 'maxInFlight',
    unit: 'count',
    meaning: 'The largest number of calls that ran at one moment.',
    emptyWhen: 'no call was made',
  },
  {
    name: 'parallel_utilisation',
    key: 'parallelUtilisation',
    unit: 'ratio',
    meaning: 'Sum of the calls’ run times over their union: 1 is one after another, 3 is three at a time throughout.',
    emptyWhen: 'no call took measurable time',
  },
] as const satisfies readonly Column[]

/** Mistakes next to their denominators: per trial, per call, per script, per request. */
export const ERROR_COLUMNS = [
  {
    name: 'errors_protocol',
    key: 'errorsProtocol',
    unit: 'count',
    meaning:
      'Replies or calls that could not be read: malformed arguments or script, unknown tool, cut off, empty. Each was answered, none ended the trial.',
  },
  {
    name: 'errors_script',
    key: 'errorsScript',
    unit: 'count',
    meaning:
      'Scripts that failed because of their own code: script_failures without those that an uncaught tool failure ended.',
  },
  {
    name: 'errors_tool',
    key: 'errorsTool',
    unit: 'count',
    meaning: 'Failed tool calls; calls cancelled because nothing waited for them are not errors.',
  },
  {
    name: 'errors_tool_handled',
    key: 'errorsToolHandled',
    unit: 'count',
    meaning: 'Of these, the ones inside a script that itself succeeded: the script dealt with them.',
  },
  {
    name: 'errors_provider',
    key: 'errorsProvider',
    unit: 'count',
    meaning: 'Failed tries over the wire (auth, rate limit, overload, connection, bad request).',
  },
  {
    name: 'partial_effects',
    key: 'partialEffects',
    unit: 'count',
    meaning: 'Writes that had succeeded in scripts that then failed or were cancelled.',
  },
  {
    name: 'approvals_asked',
    key: 'approvalsAsked',
    unit: 'count',
    meaning: 'Calls for which approval was asked, whatever the answer.',
  },
  {
    name: 'files_touched_unexpected',
    key: 'filesTouchedUnexpected',
    unit: 'count',
    meaning: 'Changed files that a solution of this task does not need to touch.',
    emptyWhen: 'the task does not say which files a solution can touch',
  },
] as const satisfies readonly Column[]
