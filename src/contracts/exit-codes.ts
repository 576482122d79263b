/** Exit codes of the command line. */
export const EXIT = { done: 0, usage: 1, diverged: 2, infrastructure: 4, nothingRan: 5, interrupted: 130 } as const
