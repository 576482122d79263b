import { expect, test } from 'vitest'
import { COLUMNS } from '../../../src/metrics/columns/columns.ts'
import { measureTrial } from '../../../src/metrics/measure-trial.ts'
import { trialEvents } from '../../helpers/trial-events.ts'

const HEADER =
  'trial_id, task, cluster, stratum, calls_min, looks_min, model, player_kind, params, mode, reinjection, repeat, block, position, started_at, served_model, outcome, cause, limit_hit, clauses_kept, clauses_total, turns, requests, tool_calls, calls_refused_serial, shell_compound_calls, scripts, script_failures, script_first_run_ok, lenient_repairs, repair_turns, repair_tokens, max_in_flight, parallel_utilisation, input_tokens_fresh, cache_read_tokens, cache_write_tokens, output_tokens, reasoning_tokens, reasoning_carried, tokens_estimated, tool_definition_tokens, reinjected_copies, reinjected_tokens, prompt_distance_tokens_max, context_tokens_peak, observation_tokens_cut, bytes_from_tools, bytes_into_context, cost_usd, errors_protocol, errors_script, errors_tool, errors_tool_handled, errors_provider, partial_effects, approvals_asked, files_touched_unexpected, wall_ms, working_ms, model_ms, tool_ms, backoff_ms, script_sandbox_ms, script_guest_cpu_ms, os_sandbox_ms, harness_ms, cpu_ms'

test('the header is the one that readers of the file rely on', () => {
  const further = [
    'reinjection_carrier',
    'tools',
    'leniency',
    'protocol_text',
    'patch_carrier',
    'sandbox',
    'input_tokens',
    'type_check',
    'type_check_ms',
    'type_problems',
    'script_failure_classes',
    'script_memory_peak_bytes',
    'script_cache_hits',
    'script_timer_ms',
  ]
  expect(COLUMNS.map(column => column.name)).toEqual([...HEADER.split(', '), ...further])
})

test('each measure has one column', () => {
  const keys = Object.keys(measureTrial(trialEvents()) ?? {}).filter(key => key !== 'custom')
  expect(COLUMNS.map(column => column.key).sort()).toEqual(keys.sort())
})
