import type { ListingLine, Profile, RecognitionLine } from '../../api/types';
import type { Asked } from '../../parts/Evidence';
import { Disputed, Listed } from '../../parts/Mark';
import { Names } from '../../parts/Name';
import { words } from '../../words';
import { date, signed } from '../../words/shown';
import { proofOf } from './Standing';

function State({ listing }: { listing: ListingLine }) {
  if (listing.state === 'disputed')
    return (
      <>
        <Listed /> <Disputed />
      </>
    );
  if (listing.in_force) return <Listed />;
  return <span class="tag">{words().listing.state[listing.state]}</span>;
}

function Fact({ name, value }: { name: string; value: string | null }) {
  return value ? (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  ) : null;
}

function Issuer({ by }: { by: { issuer: string; issuer_other: string | null } }) {
  return (
    <>
      <dt>{words().listing.issuer}</dt>
      <dd>
        <Names party={{ name: by.issuer, name_other: by.issuer_other }} />
      </dd>
    </>
  );
}

function ListingCard({ listing, open }: { listing: ListingLine; open: (asked: Asked) => void }) {
  const w = words();
  return (
    <article class="card">
      <header>
        <h2>{listing.title}</h2>
        <State listing={listing} />
        <strong class="number end">{signed(listing.points)}</strong>
      </header>
      <dl class="facts body">
        <Issuer by={listing} />
        <Fact name={w.listing.programme} value={listing.programme} />
        {listing.case_no && (
          <>
            <dt>{w.listing.case_no}</dt>
            <dd>
              <code translate={false}>{listing.case_no}</code>
            </dd>
          </>
        )}
        <Fact name={w.listing.listed_on} value={listing.listed_on ? date(listing.listed_on) : w.listing.day_not_told} />
        <Fact name={w.listing.ends_on} value={listing.ends_on ? date(listing.ends_on) : w.listing.no_end} />
        <Fact name={w.listing.newer} value={listing.newer_file ? w.listing.newer_file(listing.newer_file) : null} />
        <Fact name={w.listing.reason} value={listing.reason} />
        <Fact name={w.listing.duty} value={listing.duty} />
        <Fact name={w.listing.performance} value={listing.performance} />
        {listing.rule_basis && (
          <>
            <dt>{w.listing.rule}</dt>
            <dd translate={false}>{listing.rule_basis}</dd>
          </>
        )}
        <Fact name={w.listing.contest} value={listing.contest} />
        <dt>{w.record.row}</dt>
        <dd>
          <button type="button" class="as-link" onClick={() => open(proofOf(listing))}>
            {w.listing.evidence}
          </button>
        </dd>
      </dl>
    </article>
  );
}

function RecognitionCard({ mark, open }: { mark: RecognitionLine; open: (asked: Asked) => void }) {
  const w = words();
  const asked = {
    title: mark.title,
    proofs: [{ title: mark.title, facts: [mark.issuer], day: mark.given_on, row_ids: [mark.row_id] }],
  };
  return (
    <article class="card">
      <header>
        <h2>{mark.title}</h2>
        <span class="tag ok">{w.listing.recognition}</span>
        <strong class="number end">{signed(mark.points)}</strong>
      </header>
      <dl class="facts body">
        <Issuer by={mark} />
        <Fact name={w.listing.given_on} value={mark.given_on && date(mark.given_on)} />
        <Fact name={w.listing.ends_on} value={mark.ends_on && date(mark.ends_on)} />
        <dt>{w.record.row}</dt>
        <dd>
          <button type="button" class="as-link" onClick={() => open(asked)}>
            {w.listing.evidence}
          </button>
        </dd>
      </dl>
    </article>
  );
}

/** Items in force first, then those that ended, then the good marks. */
export function Listings({ profile, open }: { profile: Profile; open: (asked: Asked) => void }) {
  const ordered = [...profile.listings].sort((a, b) => Number(b.in_force) - Number(a.in_force));
  return (
    <div class="stack">
      {ordered.map((listing) => (
        <ListingCard key={listing.id} listing={listing} open={open} />
      ))}
      {profile.recognitions.map((mark) => (
        <RecognitionCard key={mark.id} mark={mark} open={open} />
      ))}
    </div>
  );
}
