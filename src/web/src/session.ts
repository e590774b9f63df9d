/**
 * The session of this browser. Its refresh token is in a cookie that no script reads, shared by all tabs; the access token is in memory, one a tab.
 */
import { Problem, own, send } from './api';

export type User = {
  id: string;
  email: string | null;
  username?: string;
  email_verified: boolean;
  is_active: boolean;
  roles: string[];
  profile: Record<string, unknown>;
  mfa_enabled: boolean;
  date_joined: string;
  last_login: string | null;
};

/** What a user is called by. */
export const nameOf = (user: { email: string | null; username?: string }) => user.email ?? user.username ?? '';

export type TokenAnswer = {
  access: string;
  expires_in: number;
  user: User;
  device: { id: string; name: string };
  emergency_codes?: string[];
};

/** Why nobody is signed in, where it is worth a word. */
export type Reason = 'none' | 'signed-out' | 'ended';

export type State = { status: 'starting' } | { status: 'out'; reason: Reason } | { status: 'in'; user: User } | { status: 'unreachable' };

/** How soon a session that was ended elsewhere is noticed. */
const POLL_MS = 5000;

/** How long another tab may have its turn: one that the browser put to sleep would keep it. The server forgives two at once. */
const TURN_MS = 3000;

/** An access token is renewed when this share of its life is over. */
const RENEW_AT = 0.8;

let state: State = { status: 'starting' };
let access: string | null = null;
let renewing: Promise<string> | null = null;
let renewal: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();
const tabs = new BroadcastChannel('session');

export const currentState = () => state;
export const accessToken = () => access;

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Finds out whether this browser is signed in, and keeps watching. */
export async function start(): Promise<void> {
  tabs.onmessage = ({ data }) => (data === 'out' ? leave('signed-out') : void renew().catch(() => {}));
  document.addEventListener('visibilitychange', watch);
  setInterval(watch, POLL_MS);
  try {
    await renew();
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.status !== 401) set({ status: 'unreachable' });
  }
}

/** Takes a session that an answer opened or went on with. */
export function take(answer: TokenAnswer): void {
  access = answer.access;
  clearTimeout(renewal);
  renewal = setTimeout(() => void renew(access).catch(() => {}), answer.expires_in * RENEW_AT * 1000);
  set({ status: 'in', user: answer.user });
}

/** As take; the other tabs follow. */
export function enter(answer: TokenAnswer): void {
  take(answer);
  tabs.postMessage('in');
}

export function setUser(user: User): void {
  set({ status: 'in', user });
}

/** Forgets the session, which is over. */
export function leave(reason: Reason): void {
  access = null;
  clearTimeout(renewal);
  if (state.status !== 'out') set({ status: 'out', reason });
}

/** As leave; the other tabs follow. */
export function leaveEverywhere(): void {
  leave('signed-out');
  tabs.postMessage('out');
}

/**
 * A new access token.
 * @param old the one that was refused: where another call has renewed it meanwhile, that one's is taken.
 */
export function renew(old: string | null = null): Promise<string> {
  if (old && access && access !== old) return Promise.resolve(access);
  return (renewing ??= renewInTurn().finally(() => (renewing = null)));
}

/** Runs an act in no other tab's turn: each replaces the cookie that all of them share. */
export async function exclusively<T>(act: () => Promise<T>): Promise<T> {
  // Browsers have locks on https and on this machine alone.
  if (!navigator.locks) return act();
  let begun = false;
  const turn = () => {
    begun = true;
    return act();
  };
  try {
    return await navigator.locks.request('session', { signal: AbortSignal.timeout(TURN_MS) }, turn);
  } catch (fault) {
    if (begun) throw fault;
    return act();
  }
}

async function renewInTurn(): Promise<string> {
  const was = state.status;
  try {
    take(await exclusively(() => send<TokenAnswer>('POST', 'api/session/refresh', undefined, null)));
    return access!;
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 401) leave(was === 'in' ? 'ended' : 'none');
    throw problem;
  }
}

async function watch(): Promise<void> {
  if (state.status === 'unreachable') return void renew().catch(() => {});
  if (state.status !== 'in' || document.visibilityState !== 'visible') return;
  try {
    const user = await own<User>('GET', 'api/user/view');
    if (currentState().status === 'in') setUser(user);
  } catch {
    // Out of reach for a moment: the next look tells.
  }
}

function set(next: State): void {
  if (JSON.stringify(next) === JSON.stringify(state)) return;
  state = next;
  listeners.forEach((listener) => listener());
}
