import type { ProcessSpec, SandboxPolicy } from '../contracts/os-sandbox.ts'
import { bubblewrapArguments, GENERATED_FILES, REPORT_DESCRIPTOR, type SandboxView } from './bubblewrap-arguments.ts'
import { findPythonPrefix } from './find-python.ts'
import type { SpawnPlan } from './run-process.ts'
import { confinedEnvironment, withoutSecrets } from './sandbox-environment.ts'

export interface ConfinedPlanOptions {
  spec: Pick<ProcessSpec, 'command' | 'cwd' | 'env' | 'arg0'>
  view: SandboxView
  policy: SandboxPolicy
  hostRoot: string
  guestRoot: string
  bubblewrapPath: string
  /** What the `host` view passes on; the other views have their own. */
  environment: Readonly<Record<string, string>>
}

/** A command inside bubblewrap. */
export async function confinedPlan(options: ConfinedPlanOptions): Promise<SpawnPlan> {
  const { spec, view, policy, hostRoot, guestRoot, environment } = options
  const isHost = view.kind === 'host'
  const pythonPrefix = isHost ? undefined : await findPythonPrefix()
  const files = isHost ? [] : GENERATED_FILES.map(file => file.content)
  const mounts = [...bubblewrapArguments({ view, policy, hostRoot, guestRoot, pythonPrefix }), '--chdir', spec.cwd]
  return {
    file: options.bubblewrapPath,
    // Through a descriptor: bubblewrap's own command line can be read inside, and would tell the host's paths.
    args: ['--args', String(REPORT_DESCRIPTOR + 1 + files.length), '--', ...commandWithName(spec)],
    cwd: '/',
    env: isHost
      ? { ...environment, ...spec.env }
      : { ...confinedEnvironment(pythonPrefix ? [`${pythonPrefix}/bin`] : []), ...withoutSecrets(spec.env) },
    namespace: { inputs: [...files, mounts.map(argument => `${argument}\0`).join('')] },
  }
}

/** Bubblewrap before 0.9 cannot set argv[0]; bash can. */
function commandWithName({ command, arg0 }: Pick<ProcessSpec, 'command' | 'arg0'>): readonly string[] {
  return arg0 === undefined ? command : ['bash', '-c', 'exec -a "$0" -- "$@"', arg0, ...command]
}
