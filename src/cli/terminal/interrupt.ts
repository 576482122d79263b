import { EXIT } from '../../contracts/exit-codes.ts'

/** Aborts at the first Ctrl-C, so that a command stops cleanly; the second one ends the process immediately. */
export function abortOnInterrupt(): { signal: AbortSignal; wasInterrupted(): boolean; release(): void } {
  const controller = new AbortController()
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted)
    process.stderr.write('\nstopping; press Ctrl-C again to stop immediately\n')
    controller.abort()
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return {
    signal: controller.signal,
    wasInterrupted: () => controller.signal.aborted,
    release() {
      process.off('SIGINT', onSignal)
      process.off('SIGTERM', onSignal)
    },
  }
}
