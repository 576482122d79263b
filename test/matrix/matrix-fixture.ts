import type { Suite } from '../../src/contracts/suite.ts'
import { TRIAL_LIMITS_DEFAULT } from '../../src/contracts/suite.ts'
import type { Task } from '../../src/contracts/task.ts'

export function makeSuite(changes: Partial<Suite> = {}): Suite {
  return {
    name: 'a-suite',
    file: '/somewhere/a-suite.yaml',
    tasks: ['*'],
    tasksDir: '/somewhere/tasks',
    models: [{ spec: 'anthropic/x', parameters: {} }],
    factors: [{ name: 'mode', levels: ['structured-parallel', 'script-tool'] }],
    repeats: 1,
    limits: TRIAL_LIMITS_DEFAULT,
    approval: { policy: 'never', answer: 'deny' },
    sandbox: { mechanism: 'auto', policy: 'workspace-write' },
    seed: 1,
    ...changes,
  }
}

export function makeTask(id: string, changes: Partial<Task> = {}): Task {
  return {
    id,
    digest: `digest of ${id}`,
    source: { kind: 'folder' },
    stratum: 'one',
    cluster: id,
    requires: [],
    protect: [],
    steps: [{ name: 'main', instruction: 'Do it.', testsDirs: [], solution: [] }],
    workspaceDir: `/somewhere/${id}`,
    verifierTimeoutMs: 1000,
    ...changes,
  }
}

export function makeTasks(count: number): Task[] {
  return Array.from({ length: count }, (_, index) => makeTask(`task-${index}`))
}
