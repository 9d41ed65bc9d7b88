import type { ListingLine, Profile } from '../../api/types';
import type { Asked } from '../../parts/Evidence';
import { ByAssociation, Disputed, Listed, Look } from '../../parts/Mark';
import { PathView } from '../../parts/PathView';
import { words } from '../../words';
import { date } from '../../words/shown';

const PATHS_SHOWN = 3;

export function proofOf({ title, issuer, programme, case_no, listed_on, row_id }: ListingLine): Asked {
  return { title, proofs: [{ title, facts: [issuer, programme, case_no], day: listed_on, row_ids: [row_id] }] };
}

function OpenListing({ listing, open }: { listing: ListingLine; open: (asked: Asked) => void }) {
  const w = words();
  const until = listing.ends_on ? w.listing.until(date(listing.ends_on)) : w.listing.no_end;
  return (
    <li>
      <p>
        <strong>{listing.title}</strong> {listing.state === 'disputed' && <Disputed />}
      </p>
      <p>
        {w.listing.by(listing.issuer)}
        {listing.programme && <> · {listing.programme}</>}
        {listing.case_no && (
          <>
            {' '}
            · <code translate={false}>{listing.case_no}</code>
          </>
        )}
      </p>
      <p>
        {listing.listed_on ? w.listing.since(date(listing.listed_on)) : w.listing.day_not_told}, {until}
      </p>
      {listing.newer_file && <p>{w.listing.newer_file(listing.newer_file)}</p>}
      {listing.contest && <p class="quiet">{listing.contest}</p>}
      <button type="button" class="as-link" onClick={() => open(proofOf(listing))}>
        {w.listing.evidence}
      </button>
    </li>
  );
}

function Association({ profile, open }: { profile: Profile; open: (asked: Asked) => void }) {
  const w = words();
  const paths = profile.paths.slice(0, PATHS_SHOWN);
  return (
    <div class="by-association">
      <p>
        <ByAssociation />
      </p>
      {profile.party.standing === 'by_association' && <p>{profile.sentence}</p>}
      {profile.association_sentence && <p class="quiet">{profile.association_sentence}</p>}
      {paths.length > 0 && (
        <ul class="paths">
          {paths.map((path) => (
            <li key={path.hops.map((hop) => hop.tie_id).join()}>
              <PathView path={path} open={open} />
            </li>
          ))}
        </ul>
      )}
      {profile.paths.length > paths.length && <p class="quiet">{w.path.rest(profile.paths.length - paths.length)}</p>}
    </div>
  );
}

/** Law and record first, association after it and apart from it. Absence is stated. */
export function Standing({ profile, open }: { profile: Profile; open: (asked: Asked) => void }) {
  const w = words();
  const inForce = profile.listings.filter((listing) => listing.in_force);
  const ended = profile.listings.length - inForce.length;
  const near = profile.paths.length > 0 || profile.party.standing === 'by_association';
  // Of one who is or may be a person nothing of others is told, not even that there is none.
  const firm = profile.party.kind !== 'person' && (profile.party.kind !== 'unknown' || near);
  const associated = firm && near;
  return (
    <section class="card" aria-labelledby="standing">
      <header>
        <h2 id="standing">{w.listing.standing}</h2>
      </header>
      <div class="body">
        {inForce.length > 0 ? (
          <>
            <p>
              <Listed />
            </p>
            <ul class="open-listings">
              {inForce.map((each) => (
                <OpenListing key={each.id} listing={each} open={open} />
              ))}
            </ul>
          </>
        ) : (
          profile.party.standing !== 'by_association' && (
            <p>
              {profile.party.standing === 'look' && (
                <>
                  <Look />{' '}
                </>
              )}
              {profile.sentence || w.listing.none}
            </p>
          )
        )}
        {profile.registration_sentence && !profile.sentence.includes(profile.registration_sentence) && (
          <p>
            <Look /> {profile.registration_sentence}
          </p>
        )}
        {ended > 0 && <p class="quiet">{w.listing.ended(ended)}</p>}
        {firm && !associated && profile.association_sentence && <p class="quiet">{profile.association_sentence}</p>}
        {associated && <Association profile={profile} open={open} />}
      </div>
    </section>
  );
}
