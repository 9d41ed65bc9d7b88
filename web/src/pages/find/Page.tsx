import { useLocation } from 'preact-iso';
import { address, useRemote } from '../../api/client';
import type { Found, Kind } from '../../api/types';
import { link } from '../../parts/address';
import { Part } from '../../parts/Problem';
import { useTitle } from '../../parts/title';
import { words } from '../../words';
import { PartyList } from './PartyList';
import { Start } from './Start';

const KINDS: (Kind | '')[] = ['', 'firm', 'person', 'agency', 'unknown'];
const SHOWN_MAX = 50;

function KindFilter({ q, kind }: { q: string; kind: string }) {
  const w = words();
  return (
    <nav class="chips" aria-label={w.find.kinds}>
      {KINDS.map((each) => (
        <a key={each} href={link('/find', { q, kind: each })} aria-current={each === kind ? 'true' : undefined}>
          {each ? w.kinds[each] : w.find.every_kind}
        </a>
      ))}
    </nav>
  );
}

function Results({ q, kind }: { q: string; kind: string }) {
  const found = useRemote<Found>(address('/search', { q, kind, limit: SHOWN_MAX }));
  const w = words();
  return (
    <div class="page">
      <h1>{w.find.results(q)}</h1>
      <KindFilter q={q} kind={kind} />
      <Part from={found} lines={6}>
        {({ total, results }) => (
          <>
            <p class="quiet" role="status">
              {total === 0 ? w.find.nothing : w.find.shown(results.length, total)}
            </p>
            {total === 0 && (
              <p>
                {w.find.advice} <a href={link('/')}>{w.find.in_store}</a>
              </p>
            )}
            {results.length > 0 && (
              <div class="card">
                <PartyList parties={results} why />
              </div>
            )}
          </>
        )}
      </Part>
    </div>
  );
}

export function FindPage() {
  const { query } = useLocation();
  const w = words();
  useTitle(query.q ? w.find.results(query.q) : w.page.find);
  return query.q ? <Results q={query.q} kind={query.kind ?? ''} /> : <Start />;
}
