// Filters to and from the address, so that a link shows a colleague the same picture.
import { ALL, type Filters } from './state';

export function filtersFrom(query: Record<string, string>): Filters {
  const shareMin = Number(query.min_share ?? 0);
  return {
    hiddenKinds: query.hide ? query.hide.split(',') : ALL.hiddenKinds,
    shareMin: shareMin >= 0 && shareMin <= 1 ? shareMin : 0,
    ended: query.ended !== '0',
  };
}

export function filtersTo({ hiddenKinds, shareMin, ended }: Filters): Record<string, string | undefined> {
  return {
    hide: hiddenKinds.length ? [...hiddenKinds].sort().join(',') : undefined,
    min_share: shareMin ? String(shareMin) : undefined,
    ended: ended ? undefined : '0',
  };
}
