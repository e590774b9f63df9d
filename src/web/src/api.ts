/** Calls of the server's HTTP interface, with the session of this page. */
import { texts } from './texts';
import { accessToken, renew, exclusively, type TokenAnswer } from './session';

/** An answer that is an error, as application/problem+json tells it. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly errors: Record<string, string[]> = {},
    readonly retryAfter = 0,
    readonly mfaToken?: string,
    readonly methods: string[] = [],
  ) {
    super(code);
  }

  /** What happened and what to do next. */
  get text(): string {
    const text = texts.problems[this.code as keyof typeof texts.problems] ?? texts.problems.internal_error;
    return typeof text === 'function' ? text(this.retryAfter) : text;
  }
}

/** An answer that takes longer counts as lost. */
const LONGEST_MS = 10_000;

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** A call without a session. */
export const open = <T>(method: Method, path: string, body?: unknown) => send<T>(method, path, body, null);

/** A call of who is signed in. An access token that has run out is renewed, once. */
export const own = <T>(method: Method, path: string, body?: unknown) => withToken((token) => send<T>(method, path, body, token));

/** An act whose answer replaces the cookie: no other tab may use the old one meanwhile. */
export const ownInTurn = (path: string, body?: unknown) =>
  withToken((token) => exclusively(() => send<TokenAnswer>('POST', path, body, token)));

async function withToken<T>(call: (token: string) => Promise<T>): Promise<T> {
  const token = accessToken() ?? (await renew());
  try {
    return await call(token);
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.code !== 'token_not_valid') throw problem;
    return await call(await renew(token));
  }
}

export async function send<T>(method: Method, path: string, body: unknown, token: string | null): Promise<T> {
  const headers: Record<string, string> = {};
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (token) headers.Authorization = `Bearer ${token}`;
  const signal = AbortSignal.timeout(LONGEST_MS);
  let answer: Response;
  try {
    answer = await fetch(new URL(path, document.baseURI), { method, headers, signal, body: body === undefined ? null : JSON.stringify(body) });
  } catch {
    throw new Problem(0, 'unreachable');
  }

  if (!answer.ok) throw await problemOf(answer);
  return (answer.status === 204 || answer.status === 202 ? undefined : await answer.json()) as T;
}

async function problemOf(answer: Response): Promise<Problem> {
  const body = await answer.json().catch(() => ({}));
  const wait = Number(answer.headers.get('Retry-After') ?? 0);
  return new Problem(answer.status, body.code ?? 'internal_error', body.errors, wait, body.mfa_token, body.methods);
}
