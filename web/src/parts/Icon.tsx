const PATHS = {
  find: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm5 11.5 5 5',
  network: 'M5 4h5v5H5zM16 3h5v5h-5zM10 16h5v5h-5zM10 7l6-1.5M9 9l3 7m2 0 4-8',
  suppliers: 'M4 6h16M4 12h16M4 18h10',
  review: 'M3 5h8v14H3zM13 5h8v14h-8zM5.5 9h3M5.5 12h3M15.5 9h3M15.5 12h3',
  firm: 'M4.5 4.5h15v15h-15z',
  person: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Z',
  agency: 'M7.5 4h9l4.5 8-4.5 8h-9L3 12z',
  unknown: 'M12 3.5 20.5 12 12 20.5 3.5 12z',
  address: 'M12 21s-6-5.5-6-11a6 6 0 0 1 12 0c0 5.5-6 11-6 11Zm0-9a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  phone: 'M7 3h10v18H7zM11 18h2',
  email: 'M3 6h18v12H3zM3 7l9 7 9-7',
  website: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM3 12h18M12 3c-5 5-5 13 0 18M12 3c5 5 5 13 0 18',
  account: 'M3 6h18v12H3zM3 10h18',
  device: 'M4 5h16v11H4zM2 19h20',
  flag: 'M6 21V4h11l-2.5 4L17 12H6',
} as const;

export type IconName = keyof typeof PATHS;

/** A line drawing; the word beside it says the same, so it is hidden from screen readers. */
export function Icon({ name, class: kind = '' }: { name: IconName; class?: string }) {
  return (
    <svg class={`icon ${kind}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
