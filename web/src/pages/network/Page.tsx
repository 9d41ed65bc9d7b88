import { useLocation } from 'preact-iso';
import { useRemote } from '../../api/client';
import type { Network } from '../../api/types';
import { networkLink } from '../../parts/address';
import { Part } from '../../parts/Problem';
import { SearchField } from '../../parts/SearchField';
import { useTitle } from '../../parts/title';
import { words } from '../../words';
import { firstOf, withPaths } from './first';
import { Workbench } from './Workbench';

function Choose() {
  const { route } = useLocation();
  const w = words();
  useTitle(w.page.network);
  return (
    <div class="page">
      <h1>{w.network.choose}</h1>
      <p class="lead">{w.network.choose_lead}</p>
      <SearchField label={w.network.start_field} onChoose={(party) => route(networkLink(party.id))} />
    </div>
  );
}

export default function NetworkPage() {
  const { query } = useLocation();
  return query.focus ? <Around key={query.focus} focus={query.focus} /> : <Choose />;
}

function Around({ focus }: { focus: string }) {
  const network = useRemote<Network>(firstOf(focus), withPaths);
  return (
    <Part from={network} lines={12} whole>
      {(data) => <Workbench network={data} />}
    </Part>
  );
}
