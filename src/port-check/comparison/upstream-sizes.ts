import type { PortProfile, PortTool } from '../port/port-protocol.ts'

/** The size of what a tool was ported from. */
export interface UpstreamSize {
  /** Tag `rust-v0.55.0` of openai/codex, or the newest public source, commit bd19459358 of 2026-08-21. */
  release: '0.55.0' | '2026-08-21'
  /** All lines of the files named: with blank lines, comments and tests. */
  lines: number
  /** Tests in these files. */
  tests: number
  /** Below `codex-rs`. */
  files: string
}

/** Lines of the Rust originals by tool, the newer release first. A tool that has no files of its own is absent. */
export const UPSTREAM_SIZES: Readonly<Partial<Record<PortTool, readonly UpstreamSize[]>>> = {
  applyPatch: [
    { release: '2026-08-21', lines: 5106, tests: 69, files: 'apply-patch without tests/' },
    {
      release: '0.55.0',
      lines: 3007,
      tests: 41,
      files: 'apply-patch without tests/, handler and runtime of the tool in core/src/tools',
    },
  ],
  heredoc: [{ release: '2026-08-21', lines: 1036, tests: 30, files: 'apply-patch/src/invocation.rs' }],
  exec: [
    {
      release: '0.55.0',
      lines: 3084,
      tests: 31,
      files:
        'core/src: exec.rs, spawn.rs, exec_env.rs, command_safety; in tools: handler and runtime of shell, orchestrator, sandboxing, events',
    },
  ],
  readFile: [{ release: '0.55.0', lines: 999, tests: 15, files: 'core/src/tools/handlers/read_file.rs' }],
  listDir: [{ release: '0.55.0', lines: 477, tests: 6, files: 'core/src/tools/handlers/list_dir.rs' }],
  grepFiles: [{ release: '0.55.0', lines: 274, tests: 6, files: 'core/src/tools/handlers/grep_files.rs' }],
  fileSearch: [
    { release: '2026-08-21', lines: 1346, tests: 16, files: 'file-search' },
    { release: '0.55.0', lines: 557, tests: 2, files: 'file-search' },
  ],
}

/** The source that a port of a release was made from. */
export function upstreamSize(tool: PortTool, profile: PortProfile): UpstreamSize | undefined {
  const wanted = profile === '0.55' ? '0.55.0' : '2026-08-21'
  return UPSTREAM_SIZES[tool]?.find(({ release }) => release === wanted)
}
