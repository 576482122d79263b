/** What a port returns: an expected failure is a value, never an exception. */
export type Result<T, E> = { ok: true; value: T } | { ok: false; error: E }
