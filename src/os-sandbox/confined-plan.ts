import type { ProcessSpec, SandboxPolicy } from '../contracts/os-sandbox.ts'
import { bubblewrapArguments, GENERATED_FILES, REPORT_DESCRIPTOR, type SandboxView } from './bubblewrap-arguments.ts'
import { applyEnvironmentPolicy, type EnvironmentPolicy } from './environment-policy.ts'
import { findPythonPrefix } from './find-python.ts'
import type { SpawnPlan } from './run-process.ts'
import { confinedEnvironment, networkVariable, withoutSecrets } from './sandbox-environment.ts'
import { writableRoots } from './writable-roots.ts'

export interface ConfinedPlanOptions {
  spec: Pick<ProcessSpec, 'command' | 'cwd' | 'env' | 'arg0'>
  view: SandboxView
  policy: SandboxPolicy
  hostRoot: string
  guestRoot: string
  bubblewrapPath: string
  /** What the `host` view passes on; the other views have their own. */
  environment: Readonly<Record<string, string>>
  environmentPolicy?: EnvironmentPolicy
}

/** A command inside bubblewrap. */
export async function confinedPlan(options: ConfinedPlanOptions): Promise<SpawnPlan> {
  const { spec, view, policy, hostRoot, guestRoot, environment, environmentPolicy = {} } = options
  const isHost = view.kind === 'host'
  const pythonPrefix = isHost ? undefined : await findPythonPrefix()
  const files = isHost ? [] : GENERATED_FILES.map(file => file.content)
  const roots = view.kind === 'host' ? writableRoots(hostRoot, view, environment) : []
  const mounts = bubblewrapArguments({ view, policy, hostRoot, guestRoot, pythonPrefix, roots })
  const variables = isHost ? environment : confinedEnvironment(pythonPrefix ? [`${pythonPrefix}/bin`] : [])
  return {
    file: options.bubblewrapPath,
    // Through a descriptor: bubblewrap's command line can be read inside, and would show the host's paths.
    args: ['--args', String(REPORT_DESCRIPTOR + 1 + files.length), '--', ...commandWithName(spec)],
    cwd: '/',
    env: {
      ...applyEnvironmentPolicy(variables, environmentPolicy),
      ...(isHost ? { ...networkVariable(view, policy), ...spec.env } : withoutSecrets(spec.env)),
    },
    namespace: { inputs: [...files, [...mounts, '--chdir', spec.cwd].map(argument => `${argument}\0`).join('')] },
  }
}

/** Bubblewrap before 0.9 cannot set argv[0]; bash can. */
function commandWithName({ command, arg0 }: Pick<ProcessSpec, 'command' | 'arg0'>): readonly string[] {
  return arg0 === undefined ? command : ['bash', '-c', 'exec -a "$0" -- "$@"', arg0, ...command]
}
