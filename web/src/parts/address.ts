// What a colleague should see when given the link lives in the address; `as_of` follows from page to page.
export function link(path: string, query: Record<string, string | undefined> = {}): string {
  const all = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) all.set(name, value);
  const asOf = new URLSearchParams(location.search).get('as_of');
  if (asOf && !('as_of' in query)) all.set('as_of', asOf);
  const text = all.toString();
  return text ? `${path}?${text}` : path;
}

export const partyPath = (id: string, tab?: string): string => `/party/${encodeURIComponent(id)}${tab ? `/${tab}` : ''}`;
export const partyLink = (id: string, tab?: string): string => link(partyPath(id, tab));

export const networkLink = (id: string): string => link('/network', { focus: id });
