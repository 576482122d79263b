/** The wording of musl, which the upstream binaries are linked with; Linux numbers. */
const WORDING: Record<string, readonly [number, string]> = {
  EPERM: [1, 'Operation not permitted'],
  ENOENT: [2, 'No such file or directory'],
  EIO: [5, 'I/O error'],
  ENXIO: [6, 'No such device or address'],
  EACCES: [13, 'Permission denied'],
  EBUSY: [16, 'Resource busy'],
  EEXIST: [17, 'File exists'],
  ENOTDIR: [20, 'Not a directory'],
  EISDIR: [21, 'Is a directory'],
  EINVAL: [22, 'Invalid argument'],
  EMFILE: [24, 'No file descriptors available'],
  ETXTBSY: [26, 'Text file busy'],
  EFBIG: [27, 'File too large'],
  ENOSPC: [28, 'No space left on device'],
  EROFS: [30, 'Read-only file system'],
  ENAMETOOLONG: [36, 'Filename too long'],
  ELOOP: [40, 'Symbolic link loop'],
  EDQUOT: [122, 'Quota exceeded'],
}

/** The code of a failed file operation, e.g. `ENOENT`; empty for anything else. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** What Rust prints for a failed file operation: `No such file or directory (os error 2)`. Contains no path. */
export function osErrorText(error: unknown): string {
  const code = errorCode(error)
  const known = WORDING[code]
  if (known) return `${known[1]} (os error ${known[0]})`
  if (code === 'ERR_INVALID_ARG_VALUE') return 'file name contained an unexpected NUL byte'
  return code === '' ? 'unknown error' : code
}
