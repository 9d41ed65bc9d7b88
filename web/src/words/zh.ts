import type { Words } from './en';

const plain = (id: string) => id.replaceAll('_', ' ');
const n = (count: number) => count.toLocaleString('zh-CN');

const SCHEMES: Record<string, string> = {
  uscc: '统一社会信用代码', org_code: '组织机构代码', lei: '全球法人编码', reg_no: '注册号', uen: '新加坡实体编号', tax_no: '税号', vat: '增值税号',
  ein: '美国雇主识别号', gstin: '印度商品服务税号', duns: '邓白氏编码', customs_no: '海关编码', bic: '银行识别码', isin: '证券编码', stock_code: '股票代码',
  imo: '国际海事编号', shop_id: '店铺号', account_id: '账号', resident_id: '身份证号', passport: '护照号', national_id: '国民身份号', ssn: '美国社会保障号',
};
const ROLES: Record<string, string> = { primary: '名称', previous: '曾用名', alias: '别名', weak: '简称' };
const FLAGS: Record<string, string> = {
  sources_differ: '来源不一致', stakes_above_one: '持股合计超过百分之百',
  for_review: '待核查', same_address: '地址相同', same_industry: '行业相同', same_contact: '联系方式相同', same_name: '名称相近', same_person: '人员相同',
};
const FACTS: Record<string, string> = {
  born_on: '出生日期', founded_on: '成立日期', ended_on: '注销日期', other_names: '其他名称', addresses: '地址', countries: '国家', phone: '电话', email: '邮箱',
  website: '网站', account: '账户', device: '设备', registered_type: '企业类型', status: '登记状态', industry: '行业', scope: '经营范围', registered_capital: '注册资本',
  paid_in_capital: '实缴资本', registration_authority: '登记机关', gender: '性别', sex: '性别', age: '年龄', region: '地区', legal_representative: '法定代表人',
  finance_officer: '财务负责人', of_firm: '所在企业', of_firm_name: '所在企业名称', products: '产品', city: '城市', document_no: '文号', entity_type: '主体类型', uscc_masked: '统一社会信用代码（遮盖）',
};
const WHYS: Record<string, string> = { name: '名称', 'other name': '其他名称', 'earlier name': '曾用名', 'short name': '简称', code: '代码', sound: '读音' };
const DEALINGS: Record<string, string> = {
  invoice: '发票', order: '订单', contract: '合同', declaration: '报关单', loan: '贷款', bill: '票据', rating: '评价', guarantee: '担保',
};
const OUTCOMES: Record<string, string> = {
  paid_on_time: '按时付款', paid_late: '逾期付款', defaulted: '违约', delivered: '已交付', not_delivered: '未交付', rating: '评价',
};
const SOURCES: Record<string, string> = { '1': '平台', '2': '本人授权', '3': '公共机构' };

export const zh = {
  page: { find: '查找', network: '网络', suppliers: '供应商' },
  kind: { firm: '企业', person: '个人', agency: '机关', address: '地址', phone: '电话', email: '邮箱', website: '网站', account: '账户', device: '设备' },
  kinds: { firm: '企业', person: '个人', agency: '机关' },
  mark: { listed: '已列名', association: '关联影响', disputed: '异议中' },
  area: { administrative: '政务', commercial: '商务', social: '社会', judicial: '司法' },
  shell: {
    pages: '页面', skip: '跳到正文', as_of: '时点', day_shape: '年-月-日', light: '浅色', dark: '深色',
    past: (day) => `显示 ${day} 当日有效的内容。`, today: '回到最新日期',
  },
  state: {
    loading: '加载中', again: '重试', request: '请求编号', status: (code) => `状态 ${code}。`,
    unreachable: '服务器没有响应，它还在运行吗？', nowhere: '没有这个页面', to_find: '去查找',
  },
  find: {
    field: '名称、代码或地址', title: '您在和谁打交道？',
    lead: '可按中文或英文名称、统一社会信用代码查找。每个评分都能追溯到它所依据的记录。',
    suggested: (count) => `${n(count)} 条建议。方向键移动，回车打开。`,
    results: (q) => `“${q}”的结果`, kinds: '主体类型', every_kind: '全部', shown: (count, total) => `显示 ${n(count)} 条，共 ${n(total)} 条`,
    nothing: '没有找到。', advice: '请试试更短的名称、另一种文字的名称，或只输入代码。', in_store: '查看库中内容',
    why: (why) => `匹配依据：${WHYS[why] ?? why}`, ties: (count) => `${n(count)} 条关系`,
    persons_note: '从不评分', records: '记录', from_files: (count) => `来自 ${n(count)} 个文件`, listed: '已列名主体',
    files: '库中文件', made: (version, rulebook, engine) => `kith ${version} · 规则 ${rulebook} · ${engine}`,
    no_files: '还没有载入文件。', file: '文件', dataset: '数据集', rows_read: '读入行数', rows_rejected: '拒收行数', loaded: '载入日期',
    risky: '先看这些', risky_note: '已列名在前，其后按分数从低到高', none_risky: '没有已列名或低分的主体。',
    reliable: '可靠', reliable_note: '分数从高到低', none_reliable: '还没有评分。',
  },
  party: {
    tabs: '档案各部分', tab: { overview: '概览', records: '记录', ties: '关系', listings: '列名与表彰', dealings: '交易' },
    founded: (day) => `${day} 登记`, born: (day) => `${day} 出生`,
    from_sources: (records, sources) => `${n(sources)} 个来源 ${n(records)} 条记录`,
    print: '打印报告', network: '查看关系网络', foot: (rulebook, day) => `规则 ${rulebook} · 时点 ${day}`,
    joined: (id) => `${id} 已并入此主体：两者的记录指向同一方。`,
    known_by: '代码、其他名称、地址', bad_code: '校验位不符', address: '地址', sources: '来源', all_records: '全部记录',
    held: (records, sources) => `${n(sources)} 个来源 ${n(records)} 条记录。`,
    judged: (rulebook, day) => `按规则 ${rulebook} 评定，时点 ${day}。`,
  },
  score: {
    title: '评分', none: '无评分', persons: '不评分', shared: '共用', persons_long: '个人不评分，只显示记录在案的职务与关系。',
    band: (min, max) => `${min}–${max}`, no_record: '无记录', association_only: '仅关联影响', items: (count) => `${n(count)} 项`, evidence: (count) => `${n(count)} 条记录`, backed: { records: '其记录', ties: '其关系', dealings: '其交易' },
    ruler: (score, min, max, band, next) => `评分 ${score}，范围 ${min} 到 ${max}，等级${band}。${next === null ? '' : `若发生下列第一项变化，评分为 ${next}。`}`,
    next: (score) => `${score}（若改变）`, came_about: (score) => `${score} 分的由来`, lines: '记录在案的事项',
    item: '事项与依据', points: '分值', total: '评分', exact: '逐项相加，分毫不差', save_csv: '存为 CSV',
    not_exact: (sum, score) => `各项合计 ${sum}，而评分为 ${score}。请勿采信，并请报告此页。`,
    reasons: '主要原因', no_reasons: '没有影响评分的事项。', changes: '怎样会改变', no_changes: '没有单项变化能改变评分。',
  },
  listing: {
    standing: '状态', none: '不在已载入来源的任何名单上。', by: (issuer) => `列名机关：${issuer}`, since: (day) => `${day} 起`,
    until: (day) => `至 ${day}`, no_end: '未定期限', evidence: '来源行', ended: (count) => `${n(count)} 项列名已结束，今日不生效。`,
    state: { in_force: '有效', ended: '已结束', repaired: '已修复', disputed: '异议中' }, recognition: '表彰',
    issuer: '机关', case_no: '案号', listed_on: '列名日期', given_on: '授予日期', ends_on: '结束日期', reason: '原因', duty: '义务', performance: '履行情况',
    rule: '依据', contest: '如何提出异议',
  },
  path: {
    title: '通往已列名主体的路径', none: '可达范围内没有。', records: '记录', rest: (count) => `网络中还有 ${n(count)} 条路径。`,
    share: (share, strength) => `占影响的 ${share} · ${strength}`, shown_only: '仅显示，不计分',
    shown_title: '仅显示，不计分',
    remainder: (paths, covered, rest) => `${n(paths)} 条路径解释影响的 ${covered}，其余 ${rest} 分散在更长的路径上。`,
  },
  dealings: {
    title: '交易', none: '没有交易记录。', total: '交易', on_time: '按时', late: '逾期', defaulted: '违约', counterparties: '交易对手',
    all: '全部交易', reporter: '报告方', dealing: '种类', outcome: '结果', day: '日期',
  },
  record: {
    name: '名称', source: '来源', facts: '内容', observed: '观察日期', undated: '无日期', row: '来源行', score: '评分', total: (count) => `共 ${count} 条`,
  },
  row: {
    file: '文件', number: '行号', dataset: '数据集', mapping: '读取方式', loaded: '载入日期', values: '载入时的原始行', column: '列', value: '值',
    empty: '空', none: '没有与此相连的来源行。', derived: '由其他关系推得，没有自己的来源行。',
    open: (row) => `第 ${n(row)} 行`, close: '关闭',
  },
  tie: {
    other: '对方', kind: '关系', measure: '大小', period: '期间', not_told: '未载明', none: '没有关系记录。', undated: '无日期', share: '份额', amount: '金额',
    since: (day) => `${day} 起`, until: (day) => `至 ${day}`, between: (from, to) => `${from} 至 ${to}`,
    direction: { out: '→', in: '←', both: '↔' },
  },
  network: {
    of: (name) => `${name}的网络`, choose: '请选择起点', choose_lead: '图从一个主体及其周围的关系开始。', start_field: '起点主体',
    picture: '图', selection: '所选与路径', tools: '图的工具', filters: '筛选', tables: '主体与关系', legend: '图例',
    fit: '适应窗口', arrange: '重新排列', expand: '展开', hide: '隐藏', undo: '撤销', redo: '重做', save_picture: '保存图片',
    ties: '关系', show_only: '仅显示', share_min: '持股至少', ended: '已结束的关系（淡显）',
    shown: (count, total) => `显示 ${n(count)} 个，共 ${n(total)} 个主体`, more: (count) => `还有 ${n(count)} 个`,
    more_of: (count, name) => `${name}处还有 ${n(count)} 个主体。`, ask_more: '再显示 20 个',
    canvas: (nodes, ties) => `${n(nodes)} 个主体和 ${n(ties)} 条关系的图；下方表格内容相同。`,
    canvas_keys: '方向键移动，加减键缩放，零键适应窗口。按制表键离开。', table_keys: '方向键移动，回车展开，按字母 H 隐藏',
    listed_itself: '自身已列名', halo: '光晕：关联影响', parties_tab: '主体', parties: (count) => `${n(count)} 个主体`, ties_shown: (count) => `${n(count)} 条关系`,
    party: '主体', kind: '类型', place: '地点', unknown_place: '未载明', from: '自', to: '至', profile: '档案', make_focus: '以此为起点', nothing_selected: '请选择一个主体或一条关系。',
  },
  suppliers: {
    title: '核对供应商名单', lead: '每一行都与库中主体比对，结果为停止、留意、未知或无碍，并附原因。',
    choose: '选择 CSV 或 XLSX 文件', or_drop: '或拖放到这里。', sample: '示例文件', paste: '或粘贴名称，每行一个', check: '核对', pasted: '粘贴的名称',
    checking: (name) => `正在核对 ${name}`, of: (name, rows) => `${name}：${n(rows)} 行`, results: '结果',
    result: { stop: '停止', look: '留意', unknown: '未知', fine: '无碍' },
    meaning: { stop: '已列名，或今日受限', look: '有事项需询问', unknown: '所知太少', fine: '未发现' },
    outcome: '结果', in_file: '名单所写', nearest: '最近的已列名主体', match: (percent) => `匹配 ${percent}%`, no_match: '没有匹配的主体',
    rejected: (rows) => `${n(rows)} 行需要更正`, row: (row) => `第 ${n(row)} 行`, sources: (count) => `${n(count)} 个来源`,
  },
  scheme: (id) => SCHEMES[id] ?? plain(id),
  name_role: (id) => ROLES[id] ?? plain(id),
  fact: (id) => FACTS[id] ?? SCHEMES[id] ?? plain(id),
  dealing: (id) => DEALINGS[id] ?? plain(id),
  outcome: (id) => OUTCOMES[id] ?? plain(id),
  flag: (id) => FLAGS[id] ?? plain(id),
  source_class: (id) => SOURCES[id] ?? plain(id),
} satisfies Words;
