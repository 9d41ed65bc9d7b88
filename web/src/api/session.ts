// Whether this kith asks for a key, whether the browser's session stands for it, and the token that pages show with a write.
import { signal } from '@preact/signals';

interface Session {
  key_needed: boolean;
  signed_in: boolean;
  token: string;
  /** Whether people may sign in with an identity provider. */
  provider: boolean;
  /** Of who signed in; null with the operator's key. */
  name: string | null;
}

/** null until the server has told. */
export const session = signal<Session | null>(null);
const URL = '/v1/session';
const OPEN: Session = { key_needed: false, signed_in: false, token: '', provider: false, name: null };
/** Where a sign-in with the identity provider begins. */
export const PROVIDER = '/v1/session/oidc';
const EARLIER_START = 'urn:kith:problem:page-token';

async function readSession(): Promise<Session | null> {
  const response = await fetch(URL, { cache: 'no-store' }).catch(() => null);
  return response?.ok ? ((await response.json()) as Session) : null;
}

/** Asks the server. Where it does not answer, the pages themselves tell so. */
export async function loadSession(): Promise<void> {
  session.value = (await readSession()) ?? OPEN;
}

async function isOfEarlierStart(response: Response): Promise<boolean> {
  if (response.status !== 403) return false;
  const told = (await response
    .clone()
    .json()
    .catch(() => ({}))) as { type?: string };
  return told.type === EARLIER_START;
}

/** Sends a write with the page's token; where that is of an earlier start of the server, once more with the new one. */
export async function write(url: string, options: RequestInit): Promise<Response> {
  const send = () => fetch(url, { ...options, headers: { ...options.headers, 'X-Kith-Token': session.value?.token ?? '' } });
  const response = await send();
  if (!(await isOfEarlierStart(response))) return response;
  session.value = (await readSession()) ?? session.value;
  return send();
}

/** The status the server answered with: 200, 401 for a wrong key, 429 after too many; 0 where it did not answer. */
export async function signIn(key: string): Promise<number> {
  const headers = { 'Content-Type': 'application/json' };
  const response = await write(URL, { method: 'POST', headers, body: JSON.stringify({ key }) }).catch(() => null);
  if (response?.ok) session.value = (await response.json()) as Session;
  return response?.status ?? 0;
}

/** Ends the session, and loads the pages anew so that nothing shown before stays in memory. */
export async function signOut(): Promise<void> {
  await write(URL, { method: 'DELETE' }).catch(() => null);
  location.replace('/');
}

/** The session has ended: the key is asked for again, on the same page. */
export function expire(): void {
  session.value = { ...(session.value ?? OPEN), key_needed: true, signed_in: false, name: null };
}

// A page that the browser kept for the Back button may have been left by signing out.
addEventListener('pageshow', (event) => event.persisted && location.reload());
