/** Exit codes of the command line. */
export const EXIT = {
  done: 0,
  usage: 1,
  diverged: 2,
  regression: 2,
  inconclusive: 3,
  failed: 4,
  nothingRan: 5,
  /** A defect of scriptbench itself (`EX_SOFTWARE` of sysexits.h). */
  defect: 70,
  interrupted: 130,
} as const
