// The words of the interface. Sentences about a party come from the server, never from here.
const s = (n: number, one: string, many = `${one}s`) => `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`;
const plain = (id: string) => id.replaceAll('_', ' ');

const SCHEMES: Record<string, string> = {
  uscc: 'Credit code', org_code: 'Organisation code', lei: 'LEI', reg_no: 'Registration number', uen: 'Singapore UEN', tax_no: 'Tax number', vat: 'VAT number',
  ein: 'US employer number', gstin: 'Indian GST number', duns: 'D-U-N-S', customs_no: 'Customs number', bic: 'BIC', isin: 'ISIN', stock_code: 'Stock code',
  imo: 'IMO number', shop_id: 'Shop', account_id: 'Account', resident_id: 'Resident id', passport: 'Passport', national_id: 'National id', ssn: 'US SSN',
};
const ROLES: Record<string, string> = { primary: 'Name', previous: 'Earlier name', alias: 'Other name', weak: 'Short name' };
const SOURCES: Record<string, string> = { '1': 'platform', '2': 'released by the subject', '3': 'public body' };

export const en = {
  page: { find: 'Find', network: 'Network', suppliers: 'Suppliers' },
  kind: { firm: 'firm', person: 'person', agency: 'agency', address: 'address', phone: 'telephone', email: 'e-mail', website: 'website', account: 'account', device: 'device' },
  kinds: { firm: 'Firms', person: 'Persons', agency: 'Agencies' },
  mark: { listed: 'Listed', association: 'By association', disputed: 'Disputed' },
  area: { administrative: 'Administrative', commercial: 'Commercial', social: 'Social', judicial: 'Judicial' },
  shell: {
    pages: 'Pages', skip: 'Skip to content', as_of: 'As of', day_shape: 'YYYY-MM-DD', light: 'Light', dark: 'Dark',
    past: (day: string) => `Showing what was in force on ${day}.`, today: 'Return to the latest day',
  },
  state: {
    loading: 'Loading', again: 'Try again', request: 'Request', status: (code: number) => `Status ${code}.`,
    unreachable: 'The server did not answer. Is it still running?', nowhere: 'No such page', to_find: 'To the search',
  },
  find: {
    field: 'Name, code, or address', title: 'Who are you dealing with?',
    lead: 'Search by name in Chinese or English, or by a credit code. Every score opens into the records it was made from.',
    suggested: (n: number) => `${s(n, 'suggestion')}. Arrows move, Enter opens.`,
    results: (q: string) => `Results for “${q}”`, kinds: 'Kind of party', every_kind: 'All', shown: (n: number, total: number) => `${n} of ${total} shown`,
    nothing: 'Nothing found.', advice: 'Try a shorter name, the name in the other script, or the code alone.', in_store: 'See what is in the store',
    why: (why: string) => `found by ${why}`, ties: (n: number) => s(n, 'tie'),
    persons_note: 'never scored', records: 'Records', from_files: (n: number) => `from ${s(n, 'file')}`, listed: 'Listed parties',
    files: 'Files in the store', made: (version: string, rulebook: string, engine: string) => `kith ${version} · rulebook ${rulebook} · ${engine}`,
    no_files: 'No file was loaded yet.', file: 'File', dataset: 'Dataset', rows_read: 'Rows read', rows_rejected: 'Rows rejected', loaded: 'Loaded',
    risky: 'Look first', risky_note: 'listed, then lowest', none_risky: 'No party is listed or scored low.',
    reliable: 'Reliable', reliable_note: 'highest first', none_reliable: 'No party has a score yet.',
  },
  party: {
    tabs: 'Parts of the profile', tab: { overview: 'Overview', records: 'Records', ties: 'Ties', listings: 'Listings and marks', dealings: 'Dealings' },
    founded: (day: string) => `Registered ${day}`, born: (day: string) => `Born ${day}`,
    from_sources: (records: number, sources: number) => `${s(records, 'record')} from ${s(sources, 'source')}`,
    print: 'Print report', network: 'Open in network', foot: (rulebook: string, day: string) => `Rulebook ${rulebook} · as of ${day}`,
    joined: (id: string) => `${id} was joined into this party: their records describe one and the same.`,
    known_by: 'Codes, other names, addresses', bad_code: 'check digit fails', address: 'Address', sources: 'Sources', all_records: 'All records',
    held: (records: number, sources: number) => `${s(records, 'record')} from ${s(sources, 'source')}.`,
    judged: (rulebook: string, day: string) => `Judged by rulebook ${rulebook} as of ${day}.`,
  },
  score: {
    title: 'Score', none: 'no score', persons: 'not scored', shared: 'shared', persons_long: 'Persons are not scored. Only recorded roles and ties are shown.',
    band: (min: number, max: number) => `${min} to ${max}`, no_record: 'No record', association_only: 'by association only', items: (n: number) => s(n, 'item'), evidence: (n: number) => s(n, 'record'), backed: { records: 'its records', ties: 'its ties', dealings: 'its dealings' },
    ruler: (score: number, min: number, max: number, band: string, next: number | null) =>
      `Score ${score} on a scale from ${min} to ${max}, band ${band}.${next === null ? '' : ` It would be ${next} after the first change below.`}`,
    next: (score: number) => `${score} if changed`, came_about: (score: number) => `How ${score} came about`, lines: 'What is on record',
    item: 'Item and its evidence', points: 'Points', total: 'Score', exact: 'adds up exactly', save_csv: 'Save as CSV',
    not_exact: (sum: number, score: number) => `The lines add up to ${sum}, but the score is ${score}. Do not rely on it; report this page.`,
    reasons: 'Main reasons', no_reasons: 'No item moved the score.', changes: 'What would change it', no_changes: 'No single change would move the score.',
  },
  listing: {
    standing: 'Standing', none: 'Not on any list in the loaded sources.', by: (issuer: string) => `Listed by ${issuer}`, since: (day: string) => `since ${day}`,
    until: (day: string) => `until ${day}`, no_end: 'no end is set', evidence: 'Source row', ended: (n: number) => `${s(n, 'listing')} ended; without effect today.`,
    state: { in_force: 'In force', ended: 'Ended', repaired: 'Repaired', disputed: 'Disputed' }, recognition: 'Good mark',
    issuer: 'Issuer', case_no: 'Case', listed_on: 'Listed on', given_on: 'Given on', ends_on: 'Ends on', reason: 'Reason', duty: 'Duty', performance: 'Performed',
    rule: 'Rule', contest: 'How to contest it',
  },
  path: {
    shown_title: 'Shown only, without points',
    title: 'Paths to listed parties', none: 'None within reach.', records: 'Records', rest: (n: number) => `${s(n, 'more path')} in the network.`,
    share: (share: string, strength: string) => `${share} of the exposure · ${strength}`, shown_only: 'shown only, bears no points',
    remainder: (paths: number, covered: string, rest: string) =>
      `${s(paths, 'path')} ${paths === 1 ? 'explains' : 'explain'} ${covered} of the exposure; ${rest} is spread over longer ones.`,
  },
  dealings: {
    title: 'Dealings', none: 'No dealing is recorded.', total: 'Dealings', on_time: 'On time', late: 'Late', defaulted: 'Defaulted', counterparties: 'Counterparties',
    all: 'All dealings', reporter: 'Reported by', dealing: 'Dealing', outcome: 'Outcome', day: 'Day',
  },
  record: {
    name: 'Name', source: 'Source', facts: 'What it says', observed: 'Observed', undated: 'undated', row: 'Source row', score: 'Score',
    total: (n: string) => `${n} in all`,
  },
  row: {
    file: 'File', number: 'Row', dataset: 'Dataset', mapping: 'Read by', loaded: 'Loaded', values: 'The row as it was loaded', column: 'Column', value: 'Value',
    empty: 'empty', none: 'No source row is linked to this.', derived: 'Derived from other ties; it has no row of its own.',
    open: (n: number) => `Row ${n}`, close: 'Close',
  },
  tie: {
    other: 'Other party', kind: 'Tie', measure: 'Size', period: 'Period', not_told: 'not told', none: 'No tie is recorded.', undated: 'undated', share: 'Share', amount: 'Amount',
    since: (day: string) => `since ${day}`, until: (day: string) => `until ${day}`, between: (from: string, to: string) => `${from} to ${to}`,
    direction: { out: '→', in: '←', both: '↔' },
  },
  network: {
    of: (name: string) => `Network of ${name}`, choose: 'Choose a party to start', choose_lead: 'The picture begins with one party and the ties around it.', start_field: 'Party to start from',
    picture: 'Picture', selection: 'Selection and paths', tools: 'Picture tools', filters: 'Filters', tables: 'Parties and ties', legend: 'Legend',
    fit: 'Fit', arrange: 'Arrange', expand: 'Expand', hide: 'Hide', undo: 'Undo', redo: 'Redo', save_picture: 'Save picture',
    ties: 'Ties', show_only: 'Show only', share_min: 'Stakes of at least', ended: 'Ended ties, faded',
    shown: (n: number, total: number) => `${n} of ${total} parties shown`, more: (n: number) => `+${n} more`,
    more_of: (n: number, name: string) => `${n === 1 ? '1 more party' : `${n} more parties`} at ${name}.`, ask_more: 'Show the next 20',
    canvas: (nodes: number, ties: number) => `Picture of ${s(nodes, 'party', 'parties')} and ${s(ties, 'tie')}; the tables below hold the same.`,
    canvas_keys: 'Arrows move the picture, plus and minus zoom, nought fits it. Tab leaves it.', table_keys: 'Arrows move, Enter expands, H hides',
    listed_itself: 'listed itself', halo: 'halo: by association', parties_tab: 'Parties', parties: (n: number) => s(n, 'party', 'parties'), ties_shown: (n: number) => s(n, 'tie'),
    party: 'Party', kind: 'Kind', place: 'Place', unknown_place: 'not told', from: 'From', to: 'To', profile: 'Profile', make_focus: 'Start from here', nothing_selected: 'Choose a party or a tie.',
  },
  suppliers: {
    title: 'Check a list of suppliers', lead: 'Each row is matched with the store and comes back as Stop, Look, Unknown or Fine, with its reasons.',
    choose: 'Choose a CSV or XLSX file', or_drop: 'or drop it here.', sample: 'Sample file', paste: 'Or paste names, one a line', check: 'Check', pasted: 'Pasted names',
    checking: (name: string) => `Checking ${name}`, of: (name: string, rows: number) => `${name}: ${s(rows, 'row')}`, results: 'Results',
    result: { stop: 'Stop', look: 'Look', unknown: 'Unknown', fine: 'Fine' },
    meaning: { stop: 'listed, or barred today', look: 'something to ask about', unknown: 'too little known', fine: 'nothing found' },
    outcome: 'Result', in_file: 'As in your file', nearest: 'Nearest listed party', match: (n: number) => `${n} % match`, no_match: 'no party matches',
    rejected: (n: number) => `${s(n, 'row')} ${n === 1 ? 'needs' : 'need'} correcting`, row: (n: number) => `Row ${n}`, sources: (n: number) => s(n, 'source'),
  },
  scheme: (id: string) => SCHEMES[id] ?? plain(id),
  name_role: (id: string) => ROLES[id] ?? plain(id),
  flag: plain,
  dealing: plain,
  outcome: plain,
  fact: (id: string) => SCHEMES[id] ?? plain(id),
  source_class: (id: string) => SOURCES[id] ?? plain(id),
};

export type Words = typeof en;
