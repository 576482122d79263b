import type { Column } from './column.ts'
import { IDENTITY_COLUMNS } from './identity-columns.ts'
import { TIME_COLUMNS } from './time-columns.ts'
import { TOKEN_COLUMNS } from './token-columns.ts'
import { ERROR_COLUMNS, WORK_COLUMNS } from './work-columns.ts'

/** Further factors and facts stand at the end, so that the order of the columns before them stays. */
export const FURTHER_COLUMNS: readonly Column[] = [
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
    meaning: 'What confined the commands: bubblewrap, or none.',
  },
  {
    name: 'input_tokens',
    key: 'inputTokens',
    unit: 'tokens',
    meaning:
      'All input, fresh, read from and written to a cache: the same whatever a cache did, so the figure to compare arms by. A cache bucket that an endpoint does not report counts as fresh.',
    emptyWhen: 'a billed reply did not report its input, or there was no reply',
  },
]

/** The columns of `trials.csv`, in order. Custom factors follow them, one column each. */
export const COLUMNS: readonly Column[] = [
  ...IDENTITY_COLUMNS,
  ...WORK_COLUMNS,
  ...TOKEN_COLUMNS,
  ...ERROR_COLUMNS,
  ...TIME_COLUMNS,
  ...FURTHER_COLUMNS,
]
