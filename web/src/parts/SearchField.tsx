import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { address, ask } from '../api/client';
import type { Found, PartyLine } from '../api/types';
import { words } from '../words';
import { Icon } from './Icon';
import { Marks } from './Mark';
import { Names } from './Name';

const WAIT_MS = 120;
const SUGGESTED_MAX = 8;

/** Two characters are enough to suggest, or a single Han character. */
export const enough = (text: string): boolean => text.trim().length >= 2 || /\p{Script=Han}/u.test(text);

interface Props {
  label: string;
  slash?: boolean;
  start?: string;
  onChoose: (party: PartyLine) => void;
  onSearch?: (text: string) => void;
}

function useSuggestions(text: string, open: boolean): PartyLine[] {
  const [found, show] = useState<PartyLine[]>([]);
  useEffect(() => {
    if (!open || !enough(text)) {
      show([]);
      return undefined;
    }
    const leave = new AbortController();
    const timer = setTimeout(() => {
      ask<Found>(address('/search', { q: text.trim(), limit: SUGGESTED_MAX }), { signal: leave.signal })
        .then((answer) => show(answer.results))
        .catch(() => show([])); // the page of results tells what went wrong
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      leave.abort();
    };
  }, [text, open]);
  return found;
}

/** A field that suggests parties. ↑ ↓ move, Enter opens; keys of an input method are left to it. */
export function SearchField({ label, slash = false, start = '', onChoose, onSearch }: Props) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [text, type] = useState(start);
  const [open, turn] = useState(false);
  const [at, move] = useState(-1);
  const found = useSuggestions(text, open);
  const shown = open && found.length > 0;

  const choose = (party: PartyLine) => {
    turn(false);
    type('');
    field.current?.blur();
    onChoose(party);
  };
  const press = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown) {
      event.preventDefault();
      move((at + step + found.length + 1) % (found.length + 1));
    } else if (event.key === 'Escape') turn(false);
    else if (event.key === 'Enter') {
      event.preventDefault();
      const party = shown ? found[at] : undefined;
      if (party) choose(party);
      else if (onSearch && text.trim()) {
        turn(false);
        onSearch(text.trim());
      }
    }
  };
  return (
    <form class="search" role="search" aria-label={label} onSubmit={(event) => event.preventDefault()}>
      <input
        ref={field}
        type="text"
        role="combobox"
        aria-label={label}
        placeholder={label}
        autocomplete="off"
        spellcheck={false}
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={shown && at >= 0 && at < found.length ? `${id}-${at}` : undefined}
        value={text}
        onKeyDown={press}
        onInput={({ currentTarget }) => {
          type(currentTarget.value);
          move(-1);
          turn(true);
        }}
        onFocus={() => turn(true)}
        onBlur={() => turn(false)}
      />
      {slash && <kbd aria-hidden="true">/</kbd>}
      <ul id={`${id}-list`} role="listbox" aria-label={label} hidden={!shown}>
        {found.map((party, n) => (
          <li
            key={party.id}
            id={`${id}-${n}`}
            role="option"
            aria-selected={n === at}
            onMouseDown={(event) => {
              event.preventDefault();
              choose(party);
            }}
          >
            <Icon name={party.kind} />
            <span class="grow">
              <Names party={party} /> <small>{[party.place, party.why].filter(Boolean).join(' · ')}</small>
            </span>
            <Marks party={party} />
            {party.score !== null && <strong class="number">{party.score}</strong>}
          </li>
        ))}
      </ul>
      <p class="hidden" role="status">
        {shown ? words().find.suggested(found.length) : ''}
      </p>
    </form>
  );
}
