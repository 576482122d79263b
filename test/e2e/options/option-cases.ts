import type { CommandName } from '../../../src/cli/options/command-table.ts'
import type { CasesOf } from './option-case.ts'
import * as ports from './port-cases.ts'
import { AA_CASES, COMPARE_CASES, GATE_CASES, IMPORT_CASES, REPORT_CASES } from './report-cases.ts'
import { PLAN_CASES, REPLAY_CASES, RUN_CASES } from './run-cases.ts'
import * as tasks from './task-cases.ts'
import { VIEW_CASES } from './view-cases.ts'

/** The end-to-end test of every option of every command: the type leaves none out. */
export const OPTION_CASES: { [Name in CommandName]: CasesOf<Name> } = {
  init: {},
  run: RUN_CASES,
  report: REPORT_CASES,
  compare: COMPARE_CASES,
  gate: GATE_CASES,
  aa: AA_CASES,
  import: IMPORT_CASES,
  view: VIEW_CASES,
  plan: PLAN_CASES,
  trial: {},
  replay: REPLAY_CASES,
  'tasks list': tasks.TASKS_LIST_CASES,
  'tasks show': tasks.TASKS_SHOW_CASES,
  'tasks validate': tasks.TASKS_VALIDATE_CASES,
  'tasks new': tasks.TASKS_NEW_CASES,
  'tasks from-commit': tasks.FROM_COMMIT_CASES,
  script: tasks.SCRIPT_CASES,
  tool: tasks.TOOL_CASES,
  'models list': tasks.MODELS_LIST_CASES,
  'models check': tasks.MODELS_CHECK_CASES,
  doctor: tasks.DOCTOR_CASES,
  'ports check': ports.CHECK_CASES,
  'ports compare': ports.COMPARE_CASES,
  'ports init': ports.INIT_CASES,
  'ports record': ports.RECORD_CASES,
  'ports fuzz': ports.FUZZ_CASES,
}
