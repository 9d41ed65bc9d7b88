import { useState } from 'preact/hooks';
import { PROVIDER, session, signIn } from '../../api/session';
import { useTitle } from '../../parts/title';
import { LanguageButton, ThemeButton } from '../../parts/Shell';
import { words } from '../../words';

/** Asks for the key. It is sent once, and kept nowhere: the browser keeps a session in its place. */
export function SignInPage() {
  const w = words().sign_in;
  const [key, type] = useState('');
  const [told, tell] = useState(() => w.returned(new URLSearchParams(location.search).get('sign_in')));
  const [waits, wait] = useState(false);
  useTitle(w.title);
  const send = async (event: Event) => {
    event.preventDefault();
    wait(true);
    const status = await signIn(key);
    wait(false);
    if (status !== 200) tell(w.refused(status));
  };
  return (
    <main class="sign-in" id="content" tabIndex={-1}>
      <form class="card body stack" method="post" onSubmit={send}>
        <h1>{w.title}</h1>
        {session.value?.provider && (
          <a class="button strong" href={PROVIDER}>
            {w.provider}
          </a>
        )}
        <p>{session.value?.provider ? w.or : w.lead}</p>
        <label>
          {w.key}
          <input
            type="password"
            name="key"
            required
            autocomplete="current-password"
            aria-invalid={told !== ''}
            aria-describedby="sign-in-told"
            value={key}
            onInput={({ currentTarget }) => type(currentTarget.value)}
          />
        </label>
        <p id="sign-in-told" role="alert">
          {told}
        </p>
        <p class="actions">
          <button type="submit" class={session.value?.provider ? undefined : 'strong'} disabled={waits || !key}>
            {w.send}
          </button>
          <LanguageButton />
          <ThemeButton />
        </p>
      </form>
    </main>
  );
}
