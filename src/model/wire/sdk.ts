/** Loads on first use and once only: SDKs are large, and most commands need none. */
export function lazily<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined
  return () => {
    loading ??= load()
    return loading
  }
}

/** Some proxies answer a streaming request in one piece. */
export function isJson(response: Response): boolean {
  return response.headers.get('content-type')?.includes('application/json') ?? false
}
