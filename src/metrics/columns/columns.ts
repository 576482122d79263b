import type { Column } from './column.ts'
import { IDENTITY_COLUMNS } from './identity-columns.ts'
import { TIME_COLUMNS } from './time-columns.ts'
import { TOKEN_COLUMNS } from './token-columns.ts'
import { ERROR_COLUMNS, WORK_COLUMNS } from './work-columns.ts'

/** New factors and facts go to the end, so that the order of earlier columns does not change. */
export const FURTHER_COLUMNS = [
  {
    name: 'reinjection_carrier',
    key: 'reinjectionCarrier',
    unit: 'text',
    meaning: 'Level of the factor reinjectionCarrier.',
  },
  { name: 'tools', key: 'tools', unit: 'text', meaning: 'Level of the factor tools.' },
  { name: 'leniency', key: 'leniency', unit: 'text', meaning: 'Level of the factor leniency.' },
  { name: 'protocol_text', key: 'protocolText', unit: 'text', meaning: 'Level of the factor protocolText.' },
  { name: 'patch_carrier', key: 'patchCarrier', unit: 'text', meaning: 'Level of the factor patchCarrier.' },
  {
    name: 'sandbox',
    key: 'sandboxMechanism',
    unit: 'text',
    meaning: 'What confined the commands: bubblewrap or none.',
  },
  {
    name: 'input_tokens',
    key: 'inputTokens',
    unit: 'tokens',
    meaning:
      'All input, fresh, read from and written to a cache: the same whatever a cache did, so use it to compare arms. A cache bucket that an endpoint does not report counts as fresh.',
    emptyWhen: 'a billed reply did not report its input, or there was no reply',
  },
  { name: 'type_check', key: 'typeCheck', unit: 'text', meaning: 'Level of the factor typeCheck.' },
  {
    name: 'type_check_ms',
    key: 'typeCheckMs',
    unit: 'ms',
    meaning: 'Checking the types of scripts before they ran; part of harness_ms.',
    emptyWhen: 'no script was checked',
  },
  {
    name: 'type_problems',
    key: 'typeProblems',
    unit: 'count',
    meaning: 'Problems that these checks found, whether the script then ran or not.',
    emptyWhen: 'no script was checked',
  },
  {
    name: 'script_failure_classes',
    key: 'scriptFailureClasses',
    unit: 'text',
    meaning: 'The classes of script_failures, each with its count: `thrown 2; tool-error 1`.',
    emptyWhen: 'no script failed',
  },
  {
    name: 'script_memory_peak_bytes',
    key: 'scriptMemoryPeakBytes',
    unit: 'bytes',
    meaning: 'The largest memory of any script’s VM. An idle VM has 16 MiB.',
    emptyWhen: 'no script was started, or the log is of version 1',
  },
  {
    name: 'script_cache_hits',
    key: 'scriptCacheHits',
    unit: 'count',
    meaning: 'Scripts whose source was already prepared, in this trial or another trial of the run.',
    emptyWhen: 'no script ran, or the log is of version 1',
  },
  {
    name: 'script_timer_ms',
    key: 'scriptTimerMs',
    unit: 'ms',
    meaning: 'Time in which scripts waited only for their own timers.',
    emptyWhen: 'no script ran, or the log is of version 1',
  },
] as const satisfies readonly Column[]

const ALL = [
  ...IDENTITY_COLUMNS,
  ...WORK_COLUMNS,
  ...TOKEN_COLUMNS,
  ...ERROR_COLUMNS,
  ...TIME_COLUMNS,
  ...FURTHER_COLUMNS,
] as const satisfies readonly Column[]

/** Every field of a trial's metrics but the custom factors has a column: the compiler names one that has none. */
type WithoutColumn = Exclude<Column['key'], (typeof ALL)[number]['key']>

/** The columns of `trials.csv`, in order. Custom factors follow them, one column each. */
export const COLUMNS: readonly Column[] = ALL satisfies [WithoutColumn] extends [never]
  ? readonly Column[]
  : WithoutColumn
