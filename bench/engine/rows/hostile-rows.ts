import { setTimeout as delay } from 'node:timers/promises'
import type { Candidate } from '../../measuring/interleave.ts'
import { ENDLESS_LOOP, HOSTILE_SOURCES, NATIVE_JOIN, NEVER_SETTLES, TRIVIAL } from '../bench-programs.ts'
import type { Session } from '../contender.ts'
import { CONTENDERS } from '../contenders/all-contenders.ts'
import type { EngineRow, RowContext } from '../engine-row.ts'

const DEADLINE_MS = 50
const DEADLOCK_TIMEOUT_MS = 250
/** Before a sample, so that an engine that replaces what was killed has had its time. */
const PAUSE_MS = 150
/** Far longer than any sample of these rows. */
const TURN_MS_MAX = 6_000
const rarely = { text: 'such script', times: () => 1 }

/** Milliseconds until a hostile program has ended, one way or the other. */
async function endedMs(session: Session, source: string, timeoutMs: number): Promise<number> {
  const startedMs = performance.now()
  await session.run({ source, timeoutMs }).catch(() => undefined)
  return performance.now() - startedMs
}

function candidates(context: RowContext, sample: (session: Session) => Promise<number>): Candidate[] {
  return context.contenders.map(name => ({
    name,
    sample: async () => sample(await context.session(CONTENDERS[name])),
  }))
}

function readyAgain(source: string) {
  return async (session: Session): Promise<number> => {
    await delay(PAUSE_MS)
    const failedMs = await endedMs(session, source, DEADLINE_MS)
    const startedMs = performance.now()
    await session.run(TRIVIAL)
    return failedMs + performance.now() - startedMs - DEADLINE_MS
  }
}

async function worstOvershoot(session: Session): Promise<number> {
  let worstMs = Number.NEGATIVE_INFINITY
  for (const source of HOSTILE_SOURCES) {
    worstMs = Math.max(worstMs, (await endedMs(session, source, DEADLINE_MS)) - DEADLINE_MS)
  }
  return worstMs
}

/** The longest that a timer of the host was late while hostile programs ran. */
async function hostLag(session: Session): Promise<number> {
  let lagMs = 0
  let lastMs = performance.now()
  const look = () => {
    const nowMs = performance.now()
    lagMs = Math.max(lagMs, nowMs - lastMs - 1)
    lastMs = nowMs
  }
  const timer = setInterval(look, 1)
  try {
    await endedMs(session, ENDLESS_LOOP, DEADLINE_MS)
    await endedMs(session, HOSTILE_SOURCES[0] as string, DEADLINE_MS)
    look()
  } finally {
    clearInterval(timer)
  }
  return lagMs
}

/** Scripts that do not end by themselves. */
export const HOSTILE_ROWS: readonly EngineRow[] = [
  {
    id: 'ready-loop',
    title: 'ready again after an endless loop',
    unit: 'ms',
    method: `\`${ENDLESS_LOOP}\` with a deadline of ${DEADLINE_MS} ms: from the deadline until the next script has answered; ${PAUSE_MS} ms of quiet before each.`,
    aims: [{ kind: 'at-most', max: 10 }],
    perTrial: rarely,
    turnMsMax: TURN_MS_MAX,
    measure: context => context.interleave(candidates(context, readyAgain(ENDLESS_LOOP))),
  },
  {
    id: 'ready-native',
    title: 'ready again after a long native call',
    unit: 'ms',
    method: `The same for \`${NATIVE_JOIN}\`, which no interpreter can interrupt; negative where the engine refuses it before the deadline.`,
    aims: [{ kind: 'at-most', max: 10 }],
    perTrial: rarely,
    turnMsMax: TURN_MS_MAX,
    measure: context => context.interleave(candidates(context, readyAgain(NATIVE_JOIN))),
  },
  {
    id: 'deadline',
    title: 'hostile scripts ended: the worst of four',
    unit: 'ms',
    method: `Beyond a deadline of ${DEADLINE_MS} ms: a catastrophic regular expression, a long \`join\`, a long \`indexOf\`, wide JSON over and over. A sample is the latest of the four; negative where all end before the deadline by themselves.`,
    aims: [{ kind: 'at-most', max: 25 }],
    perTrial: rarely,
    turnMsMax: TURN_MS_MAX,
    measure: context => context.interleave(candidates(context, worstOvershoot)),
  },
  {
    id: 'lag',
    title: 'lag of the host’s event loop',
    unit: 'ms',
    method:
      'The longest that a timer of one millisecond was late, while an endless loop and a catastrophic regular expression ran.',
    aims: [{ kind: 'at-most', max: 20 }],
    turnMsMax: TURN_MS_MAX,
    measure: context => context.interleave(candidates(context, hostLag)),
  },
  {
    id: 'deadlock',
    title: 'a deadlock is reported',
    unit: 'ms',
    method: `A script that awaits what nothing settles. Engines that do not see it take their whole timeout, here ${DEADLOCK_TIMEOUT_MS} ms.`,
    aims: [{ kind: 'at-most', max: 5 }],
    perTrial: rarely,
    turnMsMax: TURN_MS_MAX,
    measure: context =>
      context.interleave(
        candidates(context, session => endedMs(session, NEVER_SETTLES, DEADLOCK_TIMEOUT_MS)),
        { budgetMs: 3_000 },
      ),
  },
]
