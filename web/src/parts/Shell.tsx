import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import { useEffect, useRef } from 'preact/hooks';
import { useRemote } from '../api/client';
import { session, signOut } from '../api/session';
import type { About } from '../api/types';
import { language, speak, words } from '../words';
import { date } from '../words/shown';
import { link, partyLink } from './address';
import { Icon, type IconName } from './Icon';
import { SearchField } from './SearchField';
import { theme, turnTheme } from './theme';

const PAGES: { name: 'find' | 'network' | 'suppliers' | 'review'; path: string; icon: IconName }[] = [
  { name: 'find', path: '/', icon: 'find' },
  { name: 'network', path: '/network', icon: 'network' },
  { name: 'suppliers', path: '/suppliers', icon: 'suppliers' },
  { name: 'review', path: '/review', icon: 'review' },
];

const pageOf = (path: string) => PAGES.find(({ path: to }) => to !== '/' && path.startsWith(to))?.name ?? 'find';

function Rail() {
  const { path } = useLocation();
  const w = words();
  return (
    <nav class="rail" aria-label={w.shell.pages}>
      {PAGES.map(({ name, path: to, icon }) => (
        <a key={name} href={link(to)} aria-current={pageOf(path) === name ? 'page' : undefined}>
          <Icon name={icon} />
          {w.page[name]}
        </a>
      ))}
    </nav>
  );
}

function useDay(): [string | null, (day: string | null) => void] {
  const { route, query, url } = useLocation();
  const turn = (day: string | null) => {
    const next = new URL(url, location.origin);
    if (day) next.searchParams.set('as_of', day);
    else next.searchParams.delete('as_of');
    route(next.pathname + next.search);
  };
  return [query.as_of ?? null, turn];
}

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

function AsOf({ known }: { known: string | null }) {
  const [day, turn] = useDay();
  const w = words();
  return (
    <label class="as-of">
      {w.shell.as_of}
      <input
        key={day ?? known}
        defaultValue={day ?? known ?? ''}
        placeholder={w.shell.day_shape}
        size={10}
        maxLength={10}
        inputMode="numeric"
        pattern={DAY.source}
        title={w.shell.day_shape}
        autocomplete="off"
        onChange={({ currentTarget: field }) => {
          if (field.value === '' || DAY.test(field.value)) turn(field.value === known ? null : field.value || null);
          else field.reportValidity();
        }}
      />
    </label>
  );
}

function PastStrip({ known }: { known: string | null }) {
  const [day, turn] = useDay();
  const w = words();
  if (!day || day === known) return null;
  return (
    <p class="past" role="status">
      {w.shell.past(date(day))}{' '}
      <button type="button" onClick={() => turn(null)}>
        {w.shell.today}
      </button>
    </p>
  );
}

/** What was loaded and is not used yet: it may change everything below. */
function StaleStrip({ sentences }: { sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <p class="stale" role="status">
      {sentences.join(' ')}
    </p>
  );
}

/** The store as it is when a page is turned to: files are loaded while pages stay open. */
function useAbout() {
  const { path } = useLocation();
  const about = useRemote<About>('/v1/about');
  const before = useRef(path);
  useEffect(() => {
    if (before.current !== path) about.retry();
    before.current = path;
  }, [path]);
  return about.state === 'here' ? about.data : null;
}

function useSlash() {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const at = event.target as HTMLElement;
      if (event.key !== '/' || event.isComposing || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) return;
      event.preventDefault();
      document.querySelector<HTMLInputElement>('.bar [role=combobox]')?.focus();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

export function LanguageButton() {
  const zh = language.value === 'zh';
  return (
    <button type="button" class="bare" lang={zh ? 'en' : 'zh-Hans'} onClick={() => speak(zh ? 'en' : 'zh')}>
      {zh ? 'English' : '中文'}
    </button>
  );
}

export function ThemeButton() {
  const w = words();
  return (
    <button type="button" class="bare theme" onClick={turnTheme}>
      {theme.value === 'dark' ? w.shell.light : w.shell.dark}
    </button>
  );
}

export function Shell({ children }: { children: ComponentChildren }) {
  const { route } = useLocation();
  const about = useAbout();
  const known = about?.as_of ?? null;
  const w = words();
  useSlash();
  return (
    <>
      <a class="skip" href="#content">
        {w.shell.skip}
      </a>
      <header class="bar">
        <a class="brand" href={link('/')} aria-label="kith">
          <img src="/mark.svg" alt="" width="24" height="24" />
          <span translate={false}>kith</span>
        </a>
        <SearchField
          label={w.find.field}
          slash
          onChoose={(party) => route(partyLink(party.id))}
          onSearch={(text) => route(link('/find', { q: text }))}
        />
        <AsOf known={known} />
        <LanguageButton />
        <ThemeButton />
        {session.value?.signed_in && (
          <button type="button" class="bare sign-out" onClick={() => void signOut()}>
            {w.sign_in.out}
          </button>
        )}
      </header>
      <Rail />
      <main id="content" tabIndex={-1}>
        <StaleStrip sentences={about?.freshness?.sentences ?? []} />
        <PastStrip known={known} />
        {children}
      </main>
    </>
  );
}
