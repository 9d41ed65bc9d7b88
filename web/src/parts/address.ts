// What a colleague should see when given the link lives in the address. The day asked for, and who looks at a person and
// what for, follow from page to page.
export const CARRIED = ['as_of', 'partner', 'purpose'] as const;

export function link(path: string, query: Record<string, string | undefined> = {}): string {
  const all = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) all.set(name, value);
  const here = new URLSearchParams(location.search);
  for (const name of CARRIED) {
    const carried = here.get(name);
    if (carried && !(name in query)) all.set(name, carried);
  }
  const text = all.toString();
  return text ? `${path}?${text}` : path;
}

export const partyPath = (id: string, tab?: string): string => `/party/${encodeURIComponent(id)}${tab ? `/${tab}` : ''}`;
export const partyLink = (id: string, tab?: string): string => link(partyPath(id, tab));

export const networkLink = (id: string): string => link('/network', { focus: id });
