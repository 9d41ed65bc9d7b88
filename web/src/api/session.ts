// Whether this kith asks for a key, and whether the browser's session stands for it.
import { signal } from '@preact/signals';

interface Session {
  key_needed: boolean;
  signed_in: boolean;
}

/** null until the server has told. */
export const session = signal<Session | null>(null);
const URL = '/v1/session';
const OPEN: Session = { key_needed: false, signed_in: false };

/** Asks the server. Where it does not answer, the pages themselves tell so. */
export async function loadSession(): Promise<void> {
  const response = await fetch(URL).catch(() => null);
  session.value = response?.ok ? ((await response.json()) as Session) : OPEN;
}

/** The status the server answered with: 200, 401 for a wrong key, 429 after too many; 0 where it did not answer. */
export async function signIn(key: string): Promise<number> {
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(URL, { method: 'POST', headers, body: JSON.stringify({ key }) }).catch(() => null);
  if (response?.ok) session.value = (await response.json()) as Session;
  return response?.status ?? 0;
}

/** Ends the session, and loads the pages anew so that nothing shown before stays in memory. */
export async function signOut(): Promise<void> {
  await fetch(URL, { method: 'DELETE' }).catch(() => null);
  location.replace('/');
}

/** The session has ended: the key is asked for again, on the same page. */
export function expire(): void {
  session.value = { key_needed: true, signed_in: false };
}

// A page that the browser kept for the Back button may have been left by signing out.
addEventListener('pageshow', (event) => event.persisted && location.reload());
