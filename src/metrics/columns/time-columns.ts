import type { Column } from './column.ts'

/** Where the time went. Columns may overlap (tools run while a guest computes) and do not have to add up to the wall time. */
export const TIME_COLUMNS = [
  {
    name: 'wall_ms',
    key: 'wallMs',
    unit: 'ms',
    meaning:
      'The agent’s part: what a person would wait. Preparing the workspace and verifying are not included. A trial that failed before the agent ended counts in full.',
  },
  {
    name: 'working_ms',
    key: 'workingMs',
    unit: 'ms',
    meaning: 'Wall time without waits after failed requests, for a person, or in a queue while no call ran.',
  },
  { name: 'model_ms', key: 'modelMs', unit: 'ms', meaning: 'Time of all requests, failed tries included.' },
  {
    name: 'tool_ms',
    key: 'toolMs',
    unit: 'ms',
    meaning: 'Time in which at least one tool call ran (union of intervals).',
  },
  { name: 'backoff_ms', key: 'backoffMs', unit: 'ms', meaning: 'Waits between the tries of a request.' },
  {
    name: 'script_sandbox_ms',
    key: 'scriptSandboxMs',
    unit: 'ms',
    meaning: 'What running scripts adds: type stripping, start, bridge, freezing of results, teardown.',
  },
  {
    name: 'script_guest_cpu_ms',
    key: 'scriptGuestCpuMs',
    unit: 'ms',
    meaning: 'What the scripts themselves computed. The model’s own work, not overhead.',
  },
  {
    name: 'os_sandbox_ms',
    key: 'osSandboxMs',
    unit: 'ms',
    meaning:
      'What the OS sandbox adds to the processes that were started, as calibrated on this machine; part of tool_ms.',
  },
  {
    name: 'harness_ms',
    key: 'harnessMs',
    unit: 'ms',
    meaning:
      'The rest: working_ms − model_ms − tool_ms − script_sandbox_ms − script_guest_cpu_ms − script_timer_ms, at least 0.',
  },
  {
    name: 'cpu_ms',
    key: 'cpuMs',
    unit: 'ms',
    meaning: 'Processor time of the harness’s own process during the trial.',
    emptyWhen: 'it cannot be separated from other trials',
  },
] as const satisfies readonly Column[]
