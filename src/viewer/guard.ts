import { createHash, timingSafeEqual } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'

/** Nothing is loaded from elsewhere, and no script, style or frame can be put into a page. */
const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const HEADERS: Record<string, string> = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
  'Cache-Control': 'no-store',
}

/** What every answer carries, refusals included. */
export function secureHeaders(): MiddlewareHandler {
  return async (context, next) => {
    await next()
    for (const [name, value] of Object.entries(HEADERS)) context.header(name, value)
  }
}

interface GuardOptions {
  token: string
  /** Known once the server listens. */
  port(): number
}

/**
 * Lets in who knows the token: once in the address, from then on in a cookie that no script can read and no other site
 * can send. The Host header must be ours, so that a name that resolves to this machine leads nowhere.
 */
export function guard({ token, port }: GuardOptions): MiddlewareHandler {
  return async (context, next) => {
    const cookieName = `scriptbench-${port()}`
    const host = context.req.header('host') ?? ''
    if (host !== `127.0.0.1:${port()}` && host !== `localhost:${port()}`)
      return context.text('This server answers on 127.0.0.1 only.\n', 403)
    if (context.req.method !== 'GET' && context.req.method !== 'HEAD')
      return context.text('This server only shows; it takes GET and HEAD.\n', 405)
    const url = new URL(context.req.url)
    const given = url.searchParams.get('token')
    if (given !== null && isEqual(given, token)) {
      setCookie(context, cookieName, token, { httpOnly: true, sameSite: 'Strict', path: '/' })
      url.searchParams.delete('token')
      return context.redirect(url.pathname + url.search, 303)
    }
    const kept = getCookie(context, cookieName)
    if (kept !== undefined && isEqual(kept, token)) return next()
    return context.text('Open the address that "scriptbench view" printed; it contains the key to these pages.\n', 403)
  }
}

/** Compares in a time that says nothing about where two texts differ. */
function isEqual(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(left), digest(right))
}
