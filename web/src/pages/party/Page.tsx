import { useLocation, useRoute } from 'preact-iso';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { address, useRemote } from '../../api/client';
import type { Profile } from '../../api/types';
import { link, networkLink, partyLink, partyPath } from '../../parts/address';
import { Evidence, type Asked } from '../../parts/Evidence';
import { Part } from '../../parts/Problem';
import { useTitle } from '../../parts/title';
import { words } from '../../words';
import { nameOf } from '../../words/shown';
import { DealingsTab } from './DealingsTab';
import { evidenceIn } from './evidence';
import { Head } from './Head';
import { Listings } from './Listings';
import { Overview } from './Overview';
import { RecordsTab } from './RecordsTab';
import { RelatedTab } from './RelatedTab';
import { TiesTab } from './TiesTab';

export type Tab = 'overview' | 'records' | 'ties' | 'related' | 'listings' | 'dealings';

function tabsOf(profile: Profile): { tab: Tab; number: number | null }[] {
  const listings = profile.listings.length + profile.recognitions.length;
  const all: { tab: Tab; number: number | null }[] = [
    { tab: 'overview', number: null },
    { tab: 'records', number: profile.records },
    { tab: 'ties', number: profile.party.ties },
    { tab: 'related', number: null },
    { tab: 'listings', number: listings },
    { tab: 'dealings', number: profile.dealings?.total ?? 0 },
  ];
  return all.filter(({ number }) => number !== 0);
}

function Tabs({ profile, tab }: { profile: Profile; tab: Tab }) {
  const w = words();
  return (
    <nav class="tabs" aria-label={w.party.tabs}>
      {tabsOf(profile).map(({ tab: each, number }) => (
        <a
          key={each}
          href={partyLink(profile.party.id, each === 'overview' ? undefined : each)}
          aria-current={each === tab ? 'page' : undefined}
        >
          {w.party.tab[each]}
          {number !== null && <> {number}</>}
        </a>
      ))}
    </nav>
  );
}

/** `[` and `]` go to the tab before and after, `p` prints, `g n` opens the network. */
function useKeys(profile: Profile) {
  const { route } = useLocation();
  useEffect(() => {
    let before = '';
    const press = (event: KeyboardEvent) => {
      const at = event.target as HTMLElement;
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName))
        return;
      if (document.querySelector('dialog[open]')) return;
      const tabs = tabsOf(profile).map((each) => each.tab);
      const tab = tabs.find((each) => location.pathname.endsWith(`/${each}`)) ?? 'overview';
      const step = { '[': -1, ']': 1 }[event.key];
      const next = step && tabs[tabs.indexOf(tab) + step];
      if (next) route(partyLink(profile.party.id, next === 'overview' ? undefined : next));
      else if (event.key === 'p') print();
      else if (event.key === 'n' && before === 'g') route(networkLink(profile.party.id));
      before = event.key;
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [profile]);
}

function Shown({ profile, tab, askedId }: { profile: Profile; tab: Tab; askedId: string }) {
  const [asked, ask] = useState<Asked | null>(null);
  const { route, query } = useLocation();
  const w = words();
  const evidence = useMemo(() => evidenceIn(profile), [profile]);
  const { id } = profile.party;
  const joined = id !== askedId;
  useTitle(nameOf(profile.party));
  useKeys(profile);
  useEffect(() => {
    if (joined) route(link(partyPath(id, tab === 'overview' ? undefined : tab), { joined: askedId }), true);
  }, [joined]);
  return (
    <div class="page">
      {query.joined && (
        <p class="note" role="status">
          {w.party.joined(query.joined)}
        </p>
      )}
      <Head profile={profile} />
      <Tabs profile={profile} tab={tab} />
      {tab === 'overview' && <Overview profile={profile} evidence={evidence} open={ask} />}
      {tab === 'records' && <RecordsTab id={id} open={ask} />}
      {tab === 'ties' && <TiesTab id={id} marked={profile.party.kind !== 'person'} open={ask} />}
      {tab === 'related' && <RelatedTab id={id} marked={profile.party.kind !== 'person'} open={ask} />}
      {tab === 'dealings' && <DealingsTab id={id} open={ask} />}
      {tab === 'listings' && <Listings profile={profile} open={ask} />}
      <p class="foot quiet">{w.party.foot(profile.rulebook, profile.as_of)}</p>
      <Evidence asked={asked} close={() => ask(null)} />
    </div>
  );
}

export default function PartyPage() {
  const { params } = useRoute();
  const id = params.id ?? '';
  const tab = (['records', 'ties', 'related', 'listings', 'dealings'] as const).find((each) => each === params.tab) ?? 'overview';
  const profile = useRemote<Profile>(address(`/entities/${encodeURIComponent(id)}`));
  return (
    <Part from={profile} lines={9} whole>
      {(data) => <Shown profile={data} tab={tab} askedId={id} />}
    </Part>
  );
}
