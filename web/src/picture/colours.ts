// The canvas knows no CSS variables: their present values, read once per theme.
const NAMES = [
  'page',
  'surface',
  'sunken',
  'line',
  'ink',
  'ink2',
  'ink3',
  'edge',
  'accent',
  'on-accent',
  'listed',
  'on-listed',
  'look',
  'ok',
  'assoc',
] as const;
export type Colours = Record<(typeof NAMES)[number], string>;

export function coloursOf(host: HTMLElement): Colours {
  const probe = host.appendChild(document.createElement('i'));
  const read = (name: string) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const found = Object.fromEntries(NAMES.map((name) => [name, read(name)])) as Colours;
  probe.remove();
  return found;
}

export const fontOf = (host: HTMLElement): string => getComputedStyle(host).fontFamily;
